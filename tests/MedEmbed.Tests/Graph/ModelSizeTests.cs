using System.Numerics.Tensors;
using MedEmbed.Encoding;
using MedEmbed.Graph;
using MedEmbed.Models;
using MedEmbed.Safetensors;
using MedEmbed.Tests.Models;

namespace MedEmbed.Tests.Graph;

/// <summary>The sizes of BERT-base and BERT-large, with a tiny vocabulary.</summary>
[Trait("Category", "Slow")]
public sealed class ModelSizeTests : IDisposable
{
    private static readonly string[] Texts = ["heart failure", "the quick brown fox", "heart"];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task ABaseModelGivesTheVectorsOfStandardOperators()
    {
        string folder = Write(new RandomModel { Layers = 12, Hidden = 768, Heads = 12, Intermediate = 3072, Scale = 0.03, Type = TensorType.F16 });
        EmbeddingMatrix built = await Encode(folder, preferExported: false);
        Directory.CreateDirectory(_folder.File("model/onnx"));
        OnnxExport.WritePortable(ModelFolder.Open(folder), _folder.File("model/onnx"));
        VectorAssert.Close(await Encode(folder, preferExported: true), built, 1e-5);
    }

    [Fact]
    public async Task ALargeModelIsBuiltAndTellsTextsApart()
    {
        string folder = Write(new RandomModel { Layers = 24, Hidden = 1024, Heads = 16, Intermediate = 4096, Scale = 0.03, Type = TensorType.F16, Pooling = ["cls"] });
        EmbeddingMatrix vectors = await Encode(folder, preferExported: false);
        Assert.Equal(1024, vectors.Dimensions);
        for (int i = 0; i < Texts.Length; i++)
        {
            Assert.Equal(1, TensorPrimitives.Norm<float>(vectors[i]), 1e-5);
            Assert.True(TensorPrimitives.Dot<float>(vectors[i], vectors[(i + 1) % Texts.Length]) < 0.9999f, $"Texts {i} and the next have one vector.");
        }
    }

    private string Write(RandomModel model)
    {
        string folder = Directory.CreateDirectory(_folder.File("model")).FullName;
        model.Write(folder);
        return folder;
    }

    private async Task<EmbeddingMatrix> Encode(string folder, bool preferExported)
    {
        using TextEncoder encoder = TextEncoder.Open(folder, new TextEncoderOptions { GraphCacheFolder = _folder.File("graphs"), PreferExportedGraph = preferExported });
        return (await encoder.EncodeAsync(Texts, EncodeOptions.Document, TestContext.Current.CancellationToken)).Vectors;
    }
}
