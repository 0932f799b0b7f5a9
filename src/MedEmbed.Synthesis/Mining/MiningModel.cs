using MedEmbed.Encoding;
using MedEmbed.Retrieval;

namespace MedEmbed.Synthesis.Mining;

/// <summary>A model that finds or scores passages.</summary>
/// <param name="Encoder">Encodes; the caller's to dispose.</param>
/// <param name="Index">Names the vectors: models are the same where their hashes are.</param>
public sealed record MiningModel(ITextEncoder Encoder, IndexModel Index)
{
    /// <summary>How queries are encoded. Default: the model's query prompt.</summary>
    public EncodeOptions Query { get; init; } = EncodeOptions.Query;

    /// <summary>How passages are encoded. Default: the model's document prompt.</summary>
    public EncodeOptions Document { get; init; } = EncodeOptions.Document;
}
