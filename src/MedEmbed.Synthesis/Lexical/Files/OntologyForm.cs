using MedEmbed.Synthesis.Lexical.Terms;

namespace MedEmbed.Synthesis.Lexical.Files;

/// <summary>An OBO ontology as JSONL, as the Disease Ontology: <c>{"id","name","synonyms":[{"text","type"}],"definition","parents","xrefs"}</c>.</summary>
internal sealed class OntologyForm : ILexicalForm
{
    public string Description => "an ontology, JSONL {\"id\",\"name\",\"synonyms\",\"definition\",\"parents\",\"xrefs\"}";

    public bool Matches(string firstLine) =>
        LexicalRecord.NamesOf(firstLine) is var names && names.Contains("id") && names.Contains("name") && names.Overlaps(["synonyms", "definition", "xrefs"]);

    public LexicalTerm Parse(LexicalLine line)
    {
        using var record = LexicalRecord.Parse(line);
        string name = record.RequireText("name");
        return new LexicalTerm(record.RequireText("id"), name)
        {
            Synonyms = [.. record.Elements("synonyms").Select(synonym => SynonymOf(line, record, synonym))],
            Definition = record.Text("definition") is { } definition ? TermText.Sentence(definition) : null,
            Parent = record.Texts("parents").FirstOrDefault(),
            CrossReferences = record.Texts("xrefs"),
            IsObsolete = record.IsTrue("is_obsolete") || name.StartsWith("obsolete ", StringComparison.OrdinalIgnoreCase),
        };
    }

    private static TermSynonym SynonymOf(LexicalLine line, LexicalRecord record, System.Text.Json.JsonElement synonym) =>
        TermSynonym.Of(
            record.InnerText(synonym, "synonyms", "text") ?? throw line.Fault("field \"synonyms.text\" is missing or empty; every synonym needs a text. Fix the line, or leave faulty lines out."),
            isExact: record.InnerText(synonym, "synonyms", "type") is null or "EXACT");
}
