using MedEmbed.Synthesis.Candidates;
using MedEmbed.Synthesis.Notes;

namespace MedEmbed.Synthesis.Offline;

/// <summary>A section answers what its heading and its own key terms ask: as search words, and as a question where the heading is a known one.</summary>
internal sealed class SectionRule : IOfflineRule
{
    private const int Terms = 3;
    private const int ShortestSection = 40;
    private const int LongestSection = 1500;

    private static readonly (string Heading, string Type, string Question)[] Questions =
    [
        ("diagnos", "natural_language", "What is the diagnosis in a case of {0}?"),
        ("impression", "natural_language", "What is the impression regarding {0}?"),
        ("indication", "natural_language", "What is the indication for treatment of {0}?"),
        ("chief complaint", "natural_language", "What brings a patient with {0} to the clinic?"),
        ("history of present", "natural_language", "How did {0} develop?"),
        ("finding", "natural_language", "What are the findings with {0}?"),
        ("result", "natural_language", "What are the results regarding {0}?"),
        ("medication", "procedure", "Which medications are taken, such as {0}?"),
        ("plan", "procedure", "What is the plan for {0}?"),
        ("recommendation", "procedure", "What is recommended for {0}?"),
        ("procedure", "procedure", "How is the procedure done with {0}?"),
        ("follow", "procedure", "Which follow-up is needed after {0}?"),
        ("allerg", "natural_language", "Which allergies are known besides {0}?"),
    ];

    public IEnumerable<CandidatePair> Apply(NotePart part)
    {
        foreach (NoteSection section in NoteSection.Of(part.Text))
        {
            string[] terms = KeyTerms.Of(section.Text, Terms);
            if (terms.Length < 2 || section.Text.Length is < ShortestSection or > LongestSection)
                continue;
            string heading = section.Heading.ToLowerInvariant();
            yield return new CandidatePair($"{heading} {string.Join(' ', terms)}", "keyword", section.Text, 0.7);
            if (Array.Find(Questions, question => heading.Contains(question.Heading, StringComparison.Ordinal)) is { Question: { } form, Type: var type })
                yield return new CandidatePair(string.Format(System.Globalization.CultureInfo.InvariantCulture, form, string.Join(" and ", terms.Take(2))), type, section.Text, 0.6);
        }
    }
}
