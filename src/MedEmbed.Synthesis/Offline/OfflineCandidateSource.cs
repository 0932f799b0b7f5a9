using MedEmbed.Synthesis.Candidates;
using MedEmbed.Synthesis.Notes;

namespace MedEmbed.Synthesis.Offline;

/// <summary>Candidates by rules, for when there is no LLM: sections under their headings, definitions, findings, titles.</summary>
/// <remarks>Weaker than an LLM: queries share words with their responses, and lay wording does not occur. Pairs are marked by their source. Thread-safe and deterministic.</remarks>
public sealed class OfflineCandidateSource : ICandidateSource
{
    /// <summary>The source that pairs by rules name.</summary>
    public const string SourceName = "offline-rules";

    private static readonly IOfflineRule[] Rules = [new TitleRule(), new SectionRule(), new DefinitionRule(), new FindingRule()];

    private readonly int _most;

    /// <summary>Makes at most <paramref name="maxPairs"/> candidates of a part, the rules taking turns.</summary>
    public OfflineCandidateSource(int maxPairs = 12)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxPairs, 1);
        _most = maxPairs;
    }

    /// <inheritdoc/>
    public Task<NoteCandidates> GenerateAsync(NotePart part, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(part);
        cancellationToken.ThrowIfCancellationRequested();
        CandidatePair[][] byRule = [.. Rules.Select(rule => rule.Apply(part).ToArray())];
        List<CandidatePair> pairs = [];
        for (int turn = 0; pairs.Count < _most && Array.Exists(byRule, pairsOfRule => pairsOfRule.Length > turn); turn++)
            pairs.AddRange(byRule.Where(pairsOfRule => pairsOfRule.Length > turn).Select(pairsOfRule => pairsOfRule[turn]).Take(_most - pairs.Count));
        return Task.FromResult(new NoteCandidates(pairs, SourceName, []));
    }
}
