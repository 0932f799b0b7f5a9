namespace MedEmbed.Encoding;

/// <summary>A loaded model: token ids in, vectors out. Thread-safe; a call computes on the calling thread.</summary>
internal interface IVectorGraph : IDisposable
{
    /// <summary>Computes the batch's vectors, batch × dimensions, into <paramref name="vectors"/>.</summary>
    void Run(PaddedTokens tokens, float[] vectors);
}
