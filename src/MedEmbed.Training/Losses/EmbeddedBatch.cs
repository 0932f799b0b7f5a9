using static TorchSharp.torch;

namespace MedEmbed.Training.Losses;

/// <summary>The vectors of one batch, as a loss sees them.</summary>
/// <remarks>B queries, N negatives a query, D dimensions, f32. The batch's documents are, in this order, all positives, then the first negative of every
/// query, then the second, and so on: document <c>c·B + i</c> belongs to query <c>i</c>. Vectors are as the model gives them, normalised only where it normalises.
/// The tensors belong to whoever made the batch, and lie on one device.</remarks>
public sealed record EmbeddedBatch
{
    /// <summary>Vectors of the queries, B × D.</summary>
    public required Tensor Queries { get; init; }

    /// <summary>Vectors of each query's positive, B × D.</summary>
    public required Tensor Positives { get; init; }

    /// <summary>N tensors of B × D: the first negative of every query, the second, and so on; empty where a batch has none.</summary>
    public IReadOnlyList<Tensor> Negatives { get; init; } = [];

    /// <summary>A teacher's scores of each query with its own documents, B × (1 + N), positive first; null where there is no teacher.</summary>
    public Tensor? TeacherScores { get; init; }

    /// <summary>A teacher's scores of each query with every document of the batch, B × B·(1 + N); null where there is no such teacher.</summary>
    public Tensor? TeacherBatchScores { get; init; }

    /// <summary>Where true, a document of the batch is no negative of a query (it is known to answer it), B × B·(1 + N), bool; null where nothing is known.</summary>
    public Tensor? KnownPositives { get; init; }

    /// <summary>The same texts' vectors by a guide model, whose own vectors, negatives and so on are read by losses that filter false negatives; null where there is none.</summary>
    public EmbeddedBatch? Guide { get; init; }

    /// <summary>Queries of the batch, B.</summary>
    public long Size => Queries.shape[0];

    /// <summary>Documents of the batch, B·(1 + N).</summary>
    public long DocumentCount => Size * (1 + Negatives.Count);

    /// <summary>Vectors of all documents in the batch's order, B·(1 + N) × D; a new tensor.</summary>
    internal Tensor Documents() => cat([Positives, .. Negatives], 0);
}
