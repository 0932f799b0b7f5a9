using MedEmbed.Synthesis.Lexical.Terms;

namespace MedEmbed.Synthesis.Lexical.Files;

/// <summary>A form of terminology files with a term on each line.</summary>
internal interface ILexicalForm
{
    /// <summary>What the form is and how its lines look, for error messages.</summary>
    string Description { get; }

    /// <summary>Whether a file that begins with this line has the form.</summary>
    bool Matches(string firstLine);

    /// <summary>The term of a line; null for one that holds none, as a header.</summary>
    /// <exception cref="SynthesisFormatException">The line breaks a rule.</exception>
    LexicalTerm? Parse(LexicalLine line);
}
