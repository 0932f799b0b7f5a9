namespace MedEmbed.Synthesis.Lexical;

/// <summary>Why something makes no pair.</summary>
/// <param name="Reason">The rule it breaks.</param>
/// <param name="Detail">By what.</param>
internal sealed record LexicalFault(LexicalRejectionReason Reason, string Detail);
