using MedEmbed.Synthesis.Candidates;
using MedEmbed.Synthesis.Grounding;
using MedEmbed.Synthesis.Notes;

namespace MedEmbed.Synthesis.Checks;

/// <summary>The checks that a candidate passes before it is a pair, cheapest first.</summary>
/// <remarks>Remembers the queries it let pass. Not thread-safe; candidates come note by note.</remarks>
internal sealed class PairChecks(CheckOptions options)
{
    private QueryDuplicates _queries = new(options.DuplicateSimilarity);
    private Note? _note;
    private NotePart? _part;
    private GroundingCheck? _grounding;
    private IdentifierFinder? _identifiers;

    /// <summary>Why <paramref name="candidate"/> is rejected; null where it passes.</summary>
    /// <param name="part">The text it was made from.</param>
    /// <param name="candidate">The candidate.</param>
    /// <param name="grounding">How its response stands in the text; null where an earlier check rejected it.</param>
    public Rejection? Check(NotePart part, CandidatePair candidate, out GroundingResult? grounding)
    {
        Enter(part);
        grounding = null;
        if (LengthFault(part, candidate) is { } length)
            return length;
        if (candidate.Relevance < options.MinRelevance)
            return new Rejection(RejectionReason.LowRelevance, FormattableString.Invariant($"{candidate.Relevance:0.###} is below {options.MinRelevance:0.###}"));
        if (options.Identifiers && _identifiers!.Find(candidate.Query) is { } identifier)
            return new Rejection(RejectionReason.Identifier, $"the query holds a {identifier}");
        grounding = candidate.Information is null ? new GroundingResult(GroundingKind.Verbatim, 1, null) : _grounding!.Of(candidate.Information);
        if (grounding.Kind == GroundingKind.Absent)
            return new Rejection(RejectionReason.Ungrounded, FormattableString.Invariant($"score {grounding.Score:0.###}; not in the note: {grounding.Missing}"));
        if (candidate.Information is { } response && FoldedText.Of(response).Contains(FoldedText.Of(candidate.Query), StringComparison.Ordinal) && candidate.Query.Length * 2 > response.Length)
            return new Rejection(RejectionReason.QueryCopiesResponse, "the query is more than half of the response");
        return _queries.AddOrFind(candidate.Query) is { } earlier ? new Rejection(RejectionReason.DuplicateQuery, $"repeats the query: {earlier}") : null;
    }

    private void Enter(NotePart part)
    {
        if (!ReferenceEquals(_note, part.Note))
        {
            _note = part.Note;
            _identifiers = new IdentifierFinder(part.Note.Metadata);
            if (!options.DuplicatesAcrossNotes)
                _queries = new QueryDuplicates(options.DuplicateSimilarity);
        }

        if (!ReferenceEquals(_part, part))
            (_part, _grounding) = (part, new GroundingCheck(part.Text, options.Grounding));
    }

    private Rejection? LengthFault(NotePart part, CandidatePair candidate)
    {
        int query = candidate.Query.Length;
        int response = (candidate.Information ?? part.Text).Length;
        if (query < options.MinQueryCharacters)
            return Fault(RejectionReason.QueryTooShort, query, options.MinQueryCharacters);
        if (query > options.MaxQueryCharacters)
            return Fault(RejectionReason.QueryTooLong, query, options.MaxQueryCharacters);
        if (response < options.MinResponseCharacters)
            return Fault(RejectionReason.ResponseTooShort, response, options.MinResponseCharacters);
        return response > options.MaxResponseCharacters ? Fault(RejectionReason.ResponseTooLong, response, options.MaxResponseCharacters) : null;
    }

    private static Rejection Fault(RejectionReason reason, int length, int limit) => new(reason, FormattableString.Invariant($"{length} characters; the limit is {limit}"));
}
