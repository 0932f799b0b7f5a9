namespace MedEmbed.Tokenization;

/// <summary>Settings of the BERT normaliser, in the names of <c>tokenizer.json</c>.</summary>
/// <param name="CleanText">Drop control characters, make every white space a space.</param>
/// <param name="HandleChineseChars">Make every CJK ideograph a word of its own.</param>
/// <param name="StripAccents">Decompose canonically and drop non-spacing marks. Where a file leaves it open it follows <paramref name="Lowercase"/>.</param>
/// <param name="Lowercase">Lower-case, code point by code point.</param>
internal readonly record struct BertNormalization(bool CleanText, bool HandleChineseChars, bool StripAccents, bool Lowercase);
