using MedEmbed.Synthesis.Candidates;
using MedEmbed.Synthesis.Notes;

namespace MedEmbed.Synthesis.Offline;

/// <summary>The whole text answers its title: a question where the title is one, else a headline, and the title's key terms as search words.</summary>
internal sealed class TitleRule : IOfflineRule
{
    private const int Terms = 4;

    public IEnumerable<CandidatePair> Apply(NotePart part)
    {
        // A title is about the whole, and a part may be about anything.
        if (part.Count > 1 || part.Note.Title?.Trim() is not { Length: > 0 } title)
            yield break;
        yield return new CandidatePair(title.TrimEnd('.'), title.EndsWith('?') ? "question" : "headline", null, 0.8);
        string[] terms = KeyTerms.Of(title, Terms);
        if (terms.Length >= 2)
            yield return new CandidatePair(string.Join(' ', terms), "keyword", null, 0.7);
    }
}
