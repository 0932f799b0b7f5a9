namespace MedEmbed.Tokenization;

/// <summary>The special tokens' texts, BERT's where the files name none.</summary>
internal sealed record SpecialTokenNames
{
    public string Cls { get; init; } = "[CLS]";

    public string Sep { get; init; } = "[SEP]";

    public string Pad { get; init; } = "[PAD]";

    public string Unknown { get; init; } = "[UNK]";

    public string Mask { get; init; } = "[MASK]";
}
