namespace MedEmbed.Retrieval.Bm25;

/// <summary>The two parameters of BM25 (Robertson et al. 1994). Immutable; each value is checked when it is set.</summary>
public sealed record Bm25Options
{
    /// <summary>Lucene's defaults: k1 = 1.2, b = 0.75.</summary>
    public static Bm25Options Default { get; } = new();

    /// <summary>How soon more occurrences of a word stop to matter; 0 looks at presence alone. Default 1.2.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative or not finite.</exception>
    public float K1
    {
        get;
        init => field = float.IsFinite(value) && value >= 0 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "k1 must be finite and at least 0.");
    } = 1.2f;

    /// <summary>How much longer documents are held back, 0 (not at all) to 1 (in proportion). Default 0.75.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Outside 0 to 1.</exception>
    public float B
    {
        get;
        init => field = value is >= 0 and <= 1 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "b must be from 0 to 1.");
    } = 0.75f;
}
