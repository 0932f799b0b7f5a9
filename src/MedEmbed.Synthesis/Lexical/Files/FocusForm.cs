using MedEmbed.Synthesis.Lexical.Terms;

namespace MedEmbed.Synthesis.Lexical.Files;

/// <summary>Subjects of MedQuAD's pages with synonyms: <c>{"focus","synonyms":[…]}</c>.</summary>
internal sealed class FocusForm : ILexicalForm
{
    public string Description => "subjects of pages, JSONL {\"focus\",\"synonyms\"}";

    public bool Matches(string firstLine) => LexicalRecord.NamesOf(firstLine).IsSupersetOf(["focus", "synonyms"]);

    public LexicalTerm Parse(LexicalLine line)
    {
        using var record = LexicalRecord.Parse(line);
        string focus = record.RequireText("focus");
        return new LexicalTerm($"{line.File}/{focus}", focus) { Synonyms = [.. record.Texts("synonyms").Select(static synonym => TermSynonym.Of(synonym, isExact: true))] };
    }
}
