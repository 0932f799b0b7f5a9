using System.Text.RegularExpressions;
using MedEmbed.Synthesis.Candidates;
using MedEmbed.Synthesis.Notes;

namespace MedEmbed.Synthesis.Offline;

/// <summary>A sentence "X is a …" answers "What is X?".</summary>
internal sealed partial class DefinitionRule : IOfflineRule
{
    public IEnumerable<CandidatePair> Apply(NotePart part)
    {
        foreach (string sentence in SentenceEnds.Sentences(part.Text))
        {
            if (Definition().Match(sentence) is { Success: true } match && !Person().IsMatch(match.Groups["what"].Value))
                yield return new CandidatePair($"What {match.Groups["verb"].Value} {match.Groups["what"].Value.TrimEnd()}?", "natural_language", sentence, 0.8);
        }
    }

    [GeneratedRegex(@"^(?:The |A |An )?(?<what>[A-Z]?[\p{L}][\p{L}\d' -]{2,60}?)\s(?<verb>is|are)\s(?:an?|the|one of)\s\p{L}.{15,}[.]$", RegexOptions.CultureInvariant)]
    private static partial Regex Definition();

    // A pronoun, a person, or two capitalised words, which are more often a name than a disease.
    [GeneratedRegex(@"\b(?:(?i:he|she|it|this|that|there|these|those|they|patient|which|who|mr|mrs|ms|dr|plan)|[A-Z][a-z]+ [A-Z][a-z]+)\b", RegexOptions.CultureInvariant)]
    private static partial Regex Person();
}
