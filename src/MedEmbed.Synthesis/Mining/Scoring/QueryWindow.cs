using MedEmbed.Data.Pairs;
using MedEmbed.Data.Texts;

namespace MedEmbed.Synthesis.Mining.Scoring;

/// <summary>Consecutive pairs that are mined together. Windows begin at multiples of a fixed number of pairs, so that a continued run encodes the very batches of an unbroken one.</summary>
/// <param name="FirstPair">Number of the first pair, from 0.</param>
/// <param name="Pairs">The pairs.</param>
internal sealed record QueryWindow(long FirstPair, IReadOnlyList<QueryPassagePair> Pairs)
{
    /// <summary>Pairs of a window.</summary>
    public const int Size = 256;

    public string[] Queries { get; } = [.. Pairs.Select(pair => pair.Query)];

    public UInt128[] Hashes { get; } = [.. Pairs.Select(pair => NormalizedText.HashOf(pair.Query))];
}
