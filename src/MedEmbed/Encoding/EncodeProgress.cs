namespace MedEmbed.Encoding;

/// <summary>How far an encoding call has come.</summary>
/// <param name="Texts">Texts done.</param>
/// <param name="TotalTexts">Texts of the call.</param>
/// <param name="Tokens">Tokens done, padding not counted.</param>
public readonly record struct EncodeProgress(long Texts, long TotalTexts, long Tokens);
