using System.Text.RegularExpressions;
using MedEmbed.Synthesis.Candidates;
using MedEmbed.Synthesis.Notes;

namespace MedEmbed.Synthesis.Offline;

/// <summary>A sentence "X revealed Y" answers what X showed, and search words of X and Y.</summary>
internal sealed partial class FindingRule : IOfflineRule
{
    private const int Terms = 3;

    public IEnumerable<CandidatePair> Apply(NotePart part)
    {
        foreach (string sentence in SentenceEnds.Sentences(part.Text))
        {
            if (Finding().Match(sentence) is not { Success: true } match)
                continue;
            string subject = match.Groups["what"].Value.Trim();
            string[] terms = KeyTerms.Of(match.Groups["finding"].Value, Terms);
            if (Pronoun().IsMatch(subject) || terms.Length == 0)
                continue;
            yield return new CandidatePair($"{subject.ToLowerInvariant()} {string.Join(' ', terms)}", "keyword", sentence, 0.7);
            if (terms.Length > 1)
                yield return new CandidatePair($"What did the {subject} show about {terms[0]}?", "natural_language", sentence, 0.7);
        }
    }

    [GeneratedRegex(@"^(?:[A-Z ]+:\s*)?(?:The |A |An |Her |His )?(?<what>[\p{L}][\p{L}\d -]{2,50}?)\s(?:showed|shows|revealed|reveals|demonstrated|demonstrates|is notable for|was notable for|was positive for|is positive for)\s(?<finding>.{10,})$", RegexOptions.CultureInvariant)]
    private static partial Regex Finding();

    [GeneratedRegex(@"^(?:he|she|it|this|that|which|these|they|patient)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Pronoun();
}
