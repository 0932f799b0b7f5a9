using MedEmbed.Synthesis.Lexical.Terms;

namespace MedEmbed.Synthesis.Lexical.Files;

/// <summary>Abbreviations: <c>{"abbreviation","expansion"}</c>, a line for each expansion.</summary>
internal sealed class AbbreviationForm : ILexicalForm
{
    public string Description => "abbreviations, JSONL {\"abbreviation\",\"expansion\"}";

    public bool Matches(string firstLine) => LexicalRecord.NamesOf(firstLine).IsSupersetOf(["abbreviation", "expansion"]);

    public LexicalTerm Parse(LexicalLine line)
    {
        using var record = LexicalRecord.Parse(line);
        string abbreviation = record.RequireText("abbreviation");
        return new LexicalTerm($"{line.File}/{abbreviation}", record.RequireText("expansion")) { Abbreviation = abbreviation };
    }
}
