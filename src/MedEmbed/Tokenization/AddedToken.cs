namespace MedEmbed.Tokenization;

/// <summary>A token that is found in the text itself, before words are split.</summary>
/// <remarks>Whether a token also takes the white space beside it (<c>lstrip</c>, <c>rstrip</c>) changes offsets, never ids: white space yields no token.</remarks>
/// <param name="Id">The token's id.</param>
/// <param name="Content">What to find, never empty.</param>
/// <param name="SingleWord">Only where no word character touches it.</param>
/// <param name="Normalized">Whether the normalised content is sought in the normalised text, not the content in the raw text.</param>
internal sealed record AddedToken(int Id, string Content, bool SingleWord, bool Normalized);
