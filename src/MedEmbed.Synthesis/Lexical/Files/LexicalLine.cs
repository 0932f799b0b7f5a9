namespace MedEmbed.Synthesis.Lexical.Files;

/// <summary>A line of a terminology file.</summary>
/// <param name="Text">The line.</param>
/// <param name="File">The file's name without extensions, for ids of terms that the file gives none.</param>
/// <param name="Place">File and line, for error messages.</param>
internal readonly record struct LexicalLine(string Text, string File, string Place)
{
    /// <summary>A fault of the line.</summary>
    public SynthesisFormatException Fault(string problem, Exception? cause = null) => new(Place, problem, cause);
}
