namespace MedEmbed.Synthesis.Lexical.Codes;

/// <summary>A code of a coding system.</summary>
/// <param name="System">The system.</param>
/// <param name="Value">The code as the system writes it, as <c>E11.9</c>.</param>
internal readonly record struct TermCode(CodeSystem System, string Value);
