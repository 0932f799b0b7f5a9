using MedEmbed.Encoding;
using MedEmbed.Graph;
using MedEmbed.Retrieval;

namespace MedEmbed.Cli.Options;

/// <summary>An open encoder and how it was asked for.</summary>
/// <param name="Encoder">The encoder; goes with this.</param>
/// <param name="Name">What <c>--model</c> takes to find the model again, from any folder.</param>
/// <param name="Precision">What it computes in.</param>
/// <param name="MaxLength">The maximum length that was asked for; null: the model's own.</param>
/// <param name="Threads">Threads that compute.</param>
internal sealed record ChosenEncoder(TextEncoder Encoder, string Name, Precision Precision, int? MaxLength, int Threads) : IDisposable
{
    private const string Int8Suffix = "+int8";

    /// <summary>Identifies the vectors: int8 arithmetic gives others than f32.</summary>
    public string VectorHash => Precision == Precision.F32 ? Encoder.Model.ContentHash : Encoder.Model.ContentHash + Int8Suffix;

    /// <summary>The precision that an index's vectors were computed in.</summary>
    public static Precision PrecisionOf(IndexModel index) => index.Hash.EndsWith(Int8Suffix, StringComparison.Ordinal) ? Precision.Int8 : Precision.F32;

    /// <summary>What an index remembers of this encoder.</summary>
    /// <param name="dimensions">Numbers a vector has in the index.</param>
    /// <param name="documents">The prompt before its documents.</param>
    public IndexModel ToIndexModel(int dimensions, Prompt documents) => new()
    {
        Name = Name,
        Hash = VectorHash,
        Dimensions = dimensions,
        Similarity = Encoder.Model.Similarity,
        QueryPrompt = Encoder.Model.Prompts.NameOf(Prompt.Query),
        DocumentPrompt = Encoder.Model.Prompts.NameOf(documents),
        MaxLength = MaxLength,
        Normalised = Encoder.Model.Normalizes,
    };

    public void Dispose() => Encoder.Dispose();
}
