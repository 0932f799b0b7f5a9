using MedEmbed.Training.Losses;
using static TorchSharp.torch;

namespace MedEmbed.Training.Tests.Losses;

/// <summary>Batches of random vectors, the same for the same seed.</summary>
internal sealed class RandomBatch(int seed)
{
    private readonly Random _random = new(seed);

    /// <summary>Values from −1 to 1.</summary>
    public Tensor Values(params long[] shape) =>
        tensor(Enumerable.Range(0, (int)shape.Aggregate((product, size) => product * size)).Select(_ => _random.NextSingle() * 2 - 1).ToArray(), shape);

    /// <summary>True with a probability of <paramref name="share"/>.</summary>
    public Tensor Mask(double share, params long[] shape) =>
        tensor(Enumerable.Range(0, (int)shape.Aggregate((product, size) => product * size)).Select(_ => _random.NextDouble() < share).ToArray(), shape);

    /// <summary>Vectors that require gradients, not of unit length, with all that a loss may need.</summary>
    public EmbeddedBatch Full(int size, int negatives, int dimensions) => Vectors(size, negatives, dimensions, gradients: true) with
    {
        TeacherScores = Values(size, 1 + negatives),
        TeacherBatchScores = Values(size, size * (1 + negatives)),
        Guide = Vectors(size, negatives, dimensions + 3, gradients: false),
    };

    private EmbeddedBatch Vectors(int size, int negatives, int dimensions, bool gradients)
    {
        return new EmbeddedBatch
        {
            Queries = Leaf(),
            Positives = Leaf(),
            Negatives = [.. Enumerable.Range(0, negatives).Select(_ => Leaf())],
        };

        Tensor Leaf() => Values(size, dimensions).requires_grad_(gradients);
    }
}
