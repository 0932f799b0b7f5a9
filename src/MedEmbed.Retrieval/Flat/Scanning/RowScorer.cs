namespace MedEmbed.Retrieval.Flat.Scanning;

/// <summary>Scores rows of one segment for a group of queries. Higher is better. Thread-safe.</summary>
internal abstract class RowScorer
{
    /// <summary>Bytes a row takes, by which the caller chooses blocks that fit the cache.</summary>
    public abstract int RowBytes { get; }

    /// <summary>Scores <paramref name="rows"/> rows from <paramref name="firstRow"/> for all queries: queries × rows, row-major.</summary>
    public abstract void Score(int firstRow, int rows, Span<float> scores);
}
