using MedEmbed.Models;
using MedEmbed.Training.Encoders;
using MedEmbed.Training.Losses;
using MedEmbed.Training.LowRank;
using MedEmbed.Training.Stepping;
using TorchSharp;
using static TorchSharp.torch;

namespace MedEmbed.Training.Tests.Stepping;

/// <summary>The ways to compute a batch's gradients, against each other.</summary>
public sealed class GradientComputationTests
{
    private const long Plenty = 8L << 30;

    private static readonly ModelFolder Model = ModelFolder.Open(RepositoryFiles.PathOf("models/bge-small-en-v1.5"));

    [Theory]
    [InlineData(0.0)]
    [InlineData(0.1)]
    public void CachedGradientsEqualPlainOnes(double dropout)
    {
        Dictionary<string, float[]> plain = Gradients(new TrainableEncoderOptions { ChunkTokens = 64, Dropout = dropout }, Plenty, out StepGradients kept);
        Dictionary<string, float[]> cached = Gradients(new TrainableEncoderOptions { ChunkTokens = 64, Dropout = dropout }, memoryBytes: 0, out StepGradients twice);
        Assert.False(kept.Cached);
        Assert.True(twice.Cached);
        Assert.Equal(kept.Loss, twice.Loss, 1e-6f);
        AssertClose(plain, cached, 1e-5);
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(0.1)]
    public void CheckpointedGradientsEqualPlainOnes(double dropout)
    {
        Dictionary<string, float[]> plain = Gradients(new TrainableEncoderOptions { ChunkTokens = 64, Dropout = dropout }, Plenty, out _);
        Dictionary<string, float[]> recomputed = Gradients(new TrainableEncoderOptions { ChunkTokens = 64, Dropout = dropout, GradientCheckpointing = true }, Plenty, out _);
        AssertClose(plain, recomputed, 1e-5);
    }

    [Fact]
    public void GradientsDoNotDependOnHowTextsAreChunked() =>
        AssertClose(Gradients(new TrainableEncoderOptions { ChunkTokens = 1 }, Plenty, out _), Gradients(new TrainableEncoderOptions { ChunkTokens = 4096 }, Plenty, out _), 1e-4);

    [Theory]
    [InlineData(2, 0.0, false)]
    [InlineData(3, 0.1, false)]
    [InlineData(3, 0.0, true)]
    public void LanesGiveTheGradientsOfOne(int lanes, double dropout, bool checkpointing)
    {
        TrainableEncoderOptions one = new() { ChunkTokens = 32, Dropout = dropout, GradientCheckpointing = checkpointing };
        TrainableEncoderOptions several = one with { ChunkTokens = 32 * lanes, Lanes = lanes };
        Dictionary<string, float[]> plain = Gradients(one, Plenty, out StepGradients alone);
        Dictionary<string, float[]> shared = Gradients(several, Plenty, out StepGradients together);
        Assert.Equal(alone.Loss, together.Loss, 1e-5f);
        AssertClose(plain, shared, 1e-5);
        AssertClose(plain, Gradients(several, memoryBytes: 0, out _), 1e-5);
    }

    [Fact]
    public void TheSameLanesGiveTheSameBits()
    {
        TrainableEncoderOptions options = new() { ChunkTokens = 64, Lanes = 2, Precision = ComputePrecision.BF16 };
        Dictionary<string, float[]> first = Gradients(options, Plenty, out _), second = Gradients(options, Plenty, out _);
        Assert.All(first, gradient => Assert.Equal(gradient.Value, second[gradient.Key]));
    }

    [Fact]
    public void FrozenParametersAndAdaptersAreTheSameInEveryLane()
    {
        using var encoder = TrainableEncoder.Open(Model, new TrainableEncoderOptions { ChunkTokens = 64, Lanes = 2 });
        encoder.Attach(LowRankAdapter.Create(new LowRankConfig { Targets = new LayerSelection { Names = ["query", "value"] }, Rank = 2, Alpha = 2 }, Model.Config, seed: 1));
        using var computation = new GradientComputation(encoder, Plenty);
        computation.Add(Batch(), new InfoNceLoss(), step: 0);
        Assert.All(encoder.Parameters, parameter => Assert.Equal(parameter.Key.Contains("lora", StringComparison.Ordinal), parameter.Value.grad is not null));
    }

    [Fact]
    public void Bf16GradientsPointWhereF32OnesDo()
    {
        Dictionary<string, float[]> exact = Gradients(new TrainableEncoderOptions(), Plenty, out StepGradients f32);
        Dictionary<string, float[]> rounded = Gradients(new TrainableEncoderOptions { Precision = ComputePrecision.BF16 }, Plenty, out StepGradients bf16);
        Assert.Equal(f32.Loss, bf16.Loss, 0.05f * f32.Loss);
        double dot = 0, exactNorm = 0, roundedNorm = 0;
        foreach ((string name, float[] values) in exact)
        {
            for (int i = 0; i < values.Length; i++)
            {
                dot += (double)values[i] * rounded[name][i];
                exactNorm += (double)values[i] * values[i];
                roundedNorm += (double)rounded[name][i] * rounded[name][i];
            }
        }

        Assert.InRange(dot / Math.Sqrt(exactNorm * roundedNorm), 0.98, 1.0);
    }

    [Fact]
    public void ScaleMultipliesEveryGradient()
    {
        using var encoder = TrainableEncoder.Open(Model, new TrainableEncoderOptions());
        using var computation = new GradientComputation(encoder, Plenty);
        computation.Add(Batch(), new InfoNceLoss(), step: 0);
        float whole = NormOf(encoder);
        foreach (Tensor parameter in encoder.Parameters.Values)
            parameter.grad = null;
        computation.Add(Batch(), new InfoNceLoss(), step: 0, scale: 0.5);
        computation.Add(Batch(), new InfoNceLoss(), step: 0, scale: 0.5);
        Assert.Equal(whole, NormOf(encoder), whole * 1e-4f);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void NoTensorOutlivesABatch(int lanes)
    {
        using var encoder = TrainableEncoder.Open(Model, new TrainableEncoderOptions { ChunkTokens = 64, Lanes = lanes });
        using var computation = new GradientComputation(encoder, Plenty);
        computation.Add(Batch(), new InfoNceLoss(), step: 0);
        long before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        for (int step = 1; step < 4; step++)
            computation.Add(Batch(), new InfoNceLoss(), step);
        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    private static Dictionary<string, float[]> Gradients(TrainableEncoderOptions options, long memoryBytes, out StepGradients result)
    {
        using var encoder = TrainableEncoder.Open(Model, options);
        using var computation = new GradientComputation(encoder, memoryBytes);
        result = computation.Add(Batch(), new InfoNceLoss(), step: 3);
        using var scope = NewDisposeScope();
        return encoder.Parameters.Where(parameter => parameter.Value.grad is not null).ToDictionary(parameter => parameter.Key, parameter => parameter.Value.grad!.data<float>().ToArray());
    }

    private static float NormOf(TrainableEncoder encoder)
    {
        using var scope = NewDisposeScope();
        return encoder.Parameters["encoder.layer.3.output.dense.weight"].grad!.norm().item<float>();
    }

    private static TokenizedBatch Batch()
    {
        var random = new Random(5);
        TokenRow Row(int length) => new(Enumerable.Range(0, length).Select(i => i == 0 ? 101 : i == length - 1 ? 102 : random.Next(1000, 30000)).ToArray());
        return new TokenizedBatch([Row(5), Row(9), Row(7)], [Row(20), Row(31), Row(12), Row(25), Row(18), Row(31)]);
    }

    private static void AssertClose(Dictionary<string, float[]> expected, Dictionary<string, float[]> actual, double tolerance)
    {
        double whole = Math.Sqrt(expected.Values.Sum(values => values.Sum(value => (double)value * value)));
        foreach ((string name, float[] values) in expected)
        {
            double difference = Math.Sqrt(values.Zip(actual[name], (a, b) => Math.Pow(a - b, 2)).Sum());
            Assert.True(difference <= tolerance * whole, $"{name} differs by {difference / whole:E2} of the whole gradient.");
        }
    }
}
