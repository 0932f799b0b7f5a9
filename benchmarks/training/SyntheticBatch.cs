using MedEmbed.Training.Encoders;
using MedEmbed.Training.Stepping;

namespace MedEmbed.Benchmarks.Training;

/// <summary>Batches of random token ids, the same for the same seed: speed and memory do not depend on what the tokens are.</summary>
internal sealed class SyntheticBatch(int seed)
{
    private const int Cls = 101;
    private const int Sep = 102;
    private const int FirstWord = 1000;
    private const int PastWords = 30000;

    private readonly Random _random = new(seed);

    public TokenizedBatch Draw(int queries, int queryLength, int negatives, int passageLength) => new(
        [.. Enumerable.Range(0, queries).Select(_ => Row(queryLength))],
        [.. Enumerable.Range(0, queries * (1 + negatives)).Select(_ => Row(passageLength))]);

    private TokenRow Row(int length) =>
        new(Enumerable.Range(0, length).Select(i => i == 0 ? Cls : i == length - 1 ? Sep : _random.Next(FirstWord, PastWords)).ToArray());
}
