using MedEmbed.Synthesis.Candidates;
using MedEmbed.Synthesis.Notes;

namespace MedEmbed.Cli.Generation;

/// <summary>Tells every problem in full, text of notes included; for <c>--log-text</c>.</summary>
internal sealed class LoggedCandidateSource(ICandidateSource inner, Action<string> log) : ICandidateSource
{
    public async Task<NoteCandidates> GenerateAsync(NotePart part, CancellationToken cancellationToken = default)
    {
        NoteCandidates candidates = await inner.GenerateAsync(part, cancellationToken).ConfigureAwait(false);
        foreach (NoteProblem problem in candidates.Problems)
            log($"{part.Id}: {problem.Reason} {problem.Detail}".TrimEnd());
        foreach (CandidatePair pair in candidates.Pairs)
            log($"{part.Id}: {pair.QueryType}: {pair.Query} -> {pair.Information ?? "(the whole text)"}");
        return candidates;
    }
}
