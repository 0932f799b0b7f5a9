using MedEmbed.Training.Checkpoints;
using MedEmbed.Training.Encoders;
using static TorchSharp.torch;

namespace MedEmbed.Training.Tests.Checkpoints;

public sealed class CheckpointTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void TensorsComeBackToTheBit()
    {
        using var scope = NewDisposeScope();
        var written = new Dictionary<string, Tensor> { ["a"] = tensor((float[])[1.1f, -0f, float.Epsilon, 3e38f]), ["b"] = ones(2, 3) };
        TensorFile.Write(_folder.File("t.safetensors"), written);
        var read = new Dictionary<string, Tensor> { ["a"] = zeros(4), ["b"] = zeros(2, 3) };
        TensorFile.ReadInto(_folder.File("t.safetensors"), read);
        foreach ((string name, Tensor tensor) in written)
            Assert.Equal(tensor.bytes.ToArray(), read[name].bytes.ToArray());
    }

    [Fact]
    public void ACheckpointOfAnotherArchitectureIsRefused()
    {
        using var scope = NewDisposeScope();
        TensorFile.Write(_folder.File("t.safetensors"), new Dictionary<string, Tensor> { ["a"] = ones(4), ["b"] = ones(2) });
        foreach (Dictionary<string, Tensor> other in (Dictionary<string, Tensor>[])
        [
            new() { ["a"] = zeros(5), ["b"] = zeros(2) },
            new() { ["a"] = zeros(4) },
            new() { ["a"] = zeros(4), ["c"] = zeros(2) },
        ])
        {
            var error = Assert.Throws<ModelFormatException>(() => TensorFile.ReadInto(_folder.File("t.safetensors"), other));
            Assert.StartsWith(_folder.File("t.safetensors"), error.Message, StringComparison.Ordinal);
            Assert.All(other.Values, tensor => Assert.Equal(0, tensor.sum().item<float>()));
        }
    }

    [Fact]
    public void TheLastTwoCheckpointsAreKept()
    {
        var folder = new CheckpointFolder(_folder.File("checkpoints"));
        Assert.Null(folder.Newest());
        for (int step = 8; step <= 11; step++)
            folder.Write(State(step), path => File.WriteAllText(Path.Combine(path, "tensors"), "x"));
        Assert.Equal(["step-0000010", "step-0000011"], Directory.EnumerateDirectories(_folder.File("checkpoints")).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal));
        Assert.Equal(State(11), CheckpointFolder.ReadState(folder.Newest()!));
    }

    [Fact]
    public void ACheckpointThatFailsLeavesTheOneBefore()
    {
        var folder = new CheckpointFolder(_folder.File("checkpoints"));
        folder.Write(State(1), _ => { });
        Assert.Throws<IOException>(() => folder.Write(State(2), _ => throw new IOException("full")));
        Assert.Equal("step-0000001", Path.GetFileName(folder.Newest()));
    }

    [Fact]
    public void ADamagedStateNamesItsFile()
    {
        Directory.CreateDirectory(_folder.File("step-0000001"));
        File.WriteAllText(_folder.File("step-0000001/state.json"), "{\"step\": 1");
        Assert.StartsWith(_folder.File("step-0000001/state.json"), Assert.Throws<ModelFormatException>(() => CheckpointFolder.ReadState(_folder.File("step-0000001"))).Message, StringComparison.Ordinal);
    }

    private static RunState State(int step) => new() { Step = step, Batches = 2 * step, Fingerprint = "f", Precision = ComputePrecision.BF16, Threads = 2, BestScore = 0.1 + 0.2 };
}
