using MedEmbed.Hub;

namespace MedEmbed.Tests.Hub;

public class ModelSelectionTests
{
    [Fact]
    public void OnlyWhatAModelFolderNeedsIsTaken() =>
        Assert.Equal(
            [
                "1_Pooling/config.json", "2_Dense/config.json", "2_Dense/model.safetensors", "LICENSE", "README.md",
                "config.json", "model.safetensors", "tokenizer.json", "vocab.txt",
            ],
            Select(false,
                "config.json", "model.safetensors", "pytorch_model.bin", "tf_model.h5", "onnx/model.onnx", "onnx/model_quantized.onnx",
                "openvino/openvino_model.xml", "1_Pooling/config.json", "2_Dense/config.json", "2_Dense/model.safetensors", "2_Dense/pytorch_model.bin",
                "tokenizer.json", "vocab.txt", "README.md", "LICENSE", ".gitattributes", "train.py", "eval/similarity.json", "nested/config.json"));

    [Fact]
    public void ExportedGraphIsTakenWhereItIsAskedForOrAlone()
    {
        Assert.DoesNotContain("onnx/model.onnx", Select(false, "config.json", "model.safetensors", "onnx/model.onnx"));
        Assert.Contains("onnx/model.onnx", Select(true, "config.json", "model.safetensors", "onnx/model.onnx"));
        Assert.Contains("onnx/model.onnx_data", Select(false, "config.json", "onnx/model.onnx", "onnx/model.onnx_data"));
    }

    [Fact]
    public void OlderLayoutWithATransformerModuleIsTaken() =>
        Assert.Contains("0_Transformer/model.safetensors", Select(false,
            "modules.json", "0_Transformer/config.json", "0_Transformer/model.safetensors", "0_Transformer/vocab.txt"));

    [Theory]
    [InlineData("pickle", "config.json", "pytorch_model.bin")]
    [InlineData("2_Dense", "config.json", "model.safetensors", "2_Dense/pytorch_model.bin")]
    [InlineData("split over several files", "config.json", "model.safetensors.index.json", "model-00001-of-00002.safetensors")]
    [InlineData("config.json", "model.safetensors")]
    [InlineData("neither", "config.json", "README.md")]
    public void UnreadableRepositoryIsToldBeforeAnythingIsFetched(string reason, params string[] paths)
    {
        var error = Assert.Throws<HubException>(() => Select(false, paths));
        Assert.Equal(HubFailure.Unsupported, error.Failure);
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }

    private static string[] Select(bool includeOnnx, params string[] paths)
    {
        var checksum = HubChecksum.TryParse(new string('0', 40))!;
        var repository = new HubRepository(LoopbackHub.Id, new string('a', 40), [.. paths.Select(path => new HubFile(path, 1, checksum))]);
        return [.. ModelSelection.Of(repository, includeOnnx).Select(file => file.Path)];
    }
}
