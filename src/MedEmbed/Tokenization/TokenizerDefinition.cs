namespace MedEmbed.Tokenization;

/// <summary>Everything that a tokenizer's files say, checked and in one form.</summary>
internal sealed record TokenizerDefinition(
    Vocabulary Vocabulary,
    BertNormalization Normalization,
    IReadOnlyList<AddedToken> AddedTokens,
    SpecialTokenTemplate Template,
    SpecialTokenNames Names,
    int? ModelMaxLength);
