using System.Text;
using MedEmbed.Data.Texts;
using MedEmbed.Synthesis.Lexical.Rules;
using MedEmbed.Synthesis.Lexical.Terms;

namespace MedEmbed.Synthesis.Lexical;

/// <summary>The checks that a candidate passes before it is a pair.</summary>
/// <remarks>Remembers the pairs it let pass (32 bytes each). Not thread-safe.</remarks>
internal sealed class LexicalChecks(LexicalOptions options)
{
    private readonly HashSet<(UInt128 Query, UInt128 Positive)> _seen = [];

    /// <summary>Why <paramref name="candidate"/> is rejected; null where it passes.</summary>
    public LexicalFault? Check(LexicalCandidate candidate)
    {
        if (candidate.Fault is not null || candidate.Positive is not { } positive)
            return candidate.Fault;
        if (TooShort(candidate.Query, options.MinQueryLetters, LexicalRejectionReason.QueryTooShort) is { } query)
            return query;
        if (TooShort(positive, options.MinPassageLetters, LexicalRejectionReason.ResponseTooShort) is { } passage)
            return passage;
        if (TermWords.Sorted(candidate.Query) == TermWords.Sorted(positive))
            return new LexicalFault(LexicalRejectionReason.SameWords, "query and passage are the same words");
        return _seen.Add((NormalizedText.HashOf(candidate.Query), NormalizedText.HashOf(positive))) ? null : new LexicalFault(LexicalRejectionReason.RepeatedPair, "an earlier pair has the same texts");
    }

    /// <summary>The fault of a text with fewer letters and digits than <paramref name="limit"/>; null where it has enough.</summary>
    public static LexicalFault? TooShort(string text, int limit, LexicalRejectionReason reason)
    {
        int letters = 0;
        foreach (Rune rune in text.EnumerateRunes())
            letters += Rune.IsLetterOrDigit(rune) ? 1 : 0;
        return letters < limit ? new LexicalFault(reason, FormattableString.Invariant($"{letters} letters and digits; the limit is {limit}")) : null;
    }
}
