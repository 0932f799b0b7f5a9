using MedEmbed.Training.Encoders;

namespace MedEmbed.Training.Stepping;

/// <summary>The texts of one batch as token ids, with what is known of their relevance: B queries, N negatives a query.</summary>
/// <remarks>Document <c>c·B + i</c> belongs to query <c>i</c>: all positives, then the first negative of every query, and so on.</remarks>
public sealed record TokenizedBatch
{
    /// <summary>Describes a batch.</summary>
    /// <param name="queries">B queries.</param>
    /// <param name="documents">B·(1 + N) documents in the order above.</param>
    /// <exception cref="ArgumentException">The numbers do not fit each other.</exception>
    public TokenizedBatch(IReadOnlyList<TokenRow> queries, IReadOnlyList<TokenRow> documents)
    {
        ArgumentNullException.ThrowIfNull(queries);
        ArgumentNullException.ThrowIfNull(documents);
        if (queries.Count == 0 || documents.Count == 0 || documents.Count % queries.Count != 0)
            throw new ArgumentException($"{documents.Count} documents are no whole number for each of {queries.Count} queries.", nameof(documents));
        (Queries, Documents) = (queries, documents);
    }

    /// <summary>B queries.</summary>
    public IReadOnlyList<TokenRow> Queries { get; }

    /// <summary>B·(1 + N) documents: positives, first negatives, second negatives, and so on.</summary>
    public IReadOnlyList<TokenRow> Documents { get; }

    /// <summary>Negatives of each query, N.</summary>
    public int Negatives => (Documents.Count / Queries.Count) - 1;

    /// <summary>A teacher's scores of each query's own documents, B × (1 + N) in row-major order, positive first; null where there is no teacher.</summary>
    public float[]? TeacherScores { get; init; }

    /// <summary>A teacher's scores of each query with every document, B × B·(1 + N) in row-major order; null where there is no such teacher.</summary>
    public float[]? TeacherBatchScores { get; init; }

    /// <summary>True where a document is no negative of a query, B × B·(1 + N) in row-major order; null where nothing is known.</summary>
    public bool[]? KnownPositives { get; init; }

    /// <summary>Vectors of a guide model for queries and documents, row-major, B·(2 + N) rows; null where there is none.</summary>
    public float[]? GuideVectors { get; init; }

    /// <summary>All tokens, padding not counted.</summary>
    public long Tokens => Queries.Sum(row => (long)row.Length) + Documents.Sum(row => (long)row.Length);
}
