using MedEmbed.Training.Libtorch;
using static TorchSharp.torch;

namespace MedEmbed.Training.Losses;

/// <summary>Which candidates of a batch are no negatives, as masks (bool, true: left out) over each kind of candidate.</summary>
/// <remarks>Two queries of which one is answered by the other's positive are no negatives of each other, nor are their positives.</remarks>
internal sealed class FalseNegatives
{
    private FalseNegatives(Tensor queryDocument, long size)
    {
        QueryDocument = queryDocument;
        Tensor positives = queryDocument.narrow(1, 0, size);
        PositiveQuery = positives.t();
        SameAnswer = positives.logical_or(positives.t());
        PositiveDocument = cat([SameAnswer, queryDocument.narrow(1, size, queryDocument.shape[1] - size)], dim: 1);
    }

    /// <summary>Row i: documents that are no negatives of query i, B × B·(1 + N); never its own positive.</summary>
    public Tensor QueryDocument { get; }

    /// <summary>Row i: queries of which positive i is no negative, B × B.</summary>
    public Tensor PositiveQuery { get; }

    /// <summary>Row i: queries, and positives, that share an answer with query i, B × B; symmetric.</summary>
    public Tensor SameAnswer { get; }

    /// <summary>Row i: documents that are no negatives of positive i, B × B·(1 + N).</summary>
    public Tensor PositiveDocument { get; }

    /// <summary>Row i: which of query i's own negatives are none, B × N.</summary>
    public Tensor OwnNegatives()
    {
        (long size, long columns) = (QueryDocument.shape[0], QueryDocument.shape[1] / QueryDocument.shape[0]);
        return QueryDocument.reshape(size, columns, size).diagonal(0, 0, 2).t().narrow(1, 1, columns - 1);
    }

    /// <summary>The documents in <see cref="EmbeddedBatch.KnownPositives"/>, and, where <paramref name="teacherRatio"/> is given, those that the teacher scores
    /// above that part of the own positive's score.</summary>
    public static FalseNegatives Of(EmbeddedBatch batch, double? teacherRatio = null)
    {
        (long size, long documents, Device device) = (batch.Size, batch.DocumentCount, batch.Queries.device);
        Tensor excluded = batch.KnownPositives ?? zeros([size, documents], ScalarType.Bool, device);
        if (teacherRatio is { } ratio && batch.TeacherBatchScores is { } scores)
        {
            Tensor own = scores.diagonal().unsqueeze(1);
            excluded = excluded.logical_or(scores > own - own.abs().Times(1 - ratio));
        }

        Tensor ownPositive = eye(size, documents, ScalarType.Bool, device);
        return new FalseNegatives(excluded.logical_and(ownPositive.logical_not()), size);
    }
}
