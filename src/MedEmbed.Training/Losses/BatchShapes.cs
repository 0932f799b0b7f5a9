using System.Globalization;
using static TorchSharp.torch;

namespace MedEmbed.Training.Losses;

/// <summary>What is checked of a batch before a loss is computed from it.</summary>
internal static class BatchShapes
{
    /// <exception cref="ArgumentException">The batch lacks what <paramref name="needs"/> names, or its tensors' sizes do not fit each other.</exception>
    public static void Require(EmbeddedBatch batch, LossNeeds needs)
    {
        ArgumentNullException.ThrowIfNull(batch);
        RequirePresence(batch, needs);
        RequireVectors(batch);
        long documents = batch.DocumentCount;
        RequireShape(batch.TeacherScores, nameof(batch.TeacherScores), batch.Size, 1 + batch.Negatives.Count);
        RequireShape(batch.TeacherBatchScores, nameof(batch.TeacherBatchScores), batch.Size, documents);
        RequireShape(batch.KnownPositives, nameof(batch.KnownPositives), batch.Size, documents);
        if (batch.KnownPositives is { } known && known.dtype != ScalarType.Bool)
            throw new ArgumentException($"{nameof(batch.KnownPositives)} holds {known.dtype}; it must hold bool.", nameof(batch));
        if (batch.Guide is { } guide)
        {
            if (guide.Queries.shape[0] != batch.Size || guide.Negatives.Count != batch.Negatives.Count)
                throw new ArgumentException(Invariant($"The guide has {guide.Queries.shape[0]} queries and {guide.Negatives.Count} negatives a query, the batch {batch.Size} and {batch.Negatives.Count}; it must have vectors of the same texts."), nameof(batch));
            RequireVectors(guide);
        }
    }

    private static void RequirePresence(EmbeddedBatch batch, LossNeeds needs)
    {
        Require(LossNeeds.Negatives, batch.Negatives.Count > 0, "at least one negative a query");
        Require(LossNeeds.TeacherScores, batch.TeacherScores is not null, "a teacher's scores of each query's own documents");
        Require(LossNeeds.TeacherBatchScores, batch.TeacherBatchScores is not null, "a teacher's scores of each query with every document of the batch");
        Require(LossNeeds.Guide, batch.Guide is not null, "a guide model's vectors");

        void Require(LossNeeds need, bool present, string what)
        {
            if (needs.HasFlag(need) && !present)
                throw new ArgumentException($"This loss needs {what}, which the batch lacks. Use data that has them, or another loss.", nameof(batch));
        }
    }

    private static void RequireVectors(EmbeddedBatch batch)
    {
        if (batch.Queries.shape is not [> 0, _])
            throw new ArgumentException($"{nameof(batch.Queries)} is {Text(batch.Queries.shape)}; it must be B × D with B of at least 1.", nameof(batch));
        long[] shape = batch.Queries.shape;
        RequireShape(batch.Positives, nameof(batch.Positives), shape);
        for (int i = 0; i < batch.Negatives.Count; i++)
            RequireShape(batch.Negatives[i], Invariant($"{nameof(batch.Negatives)}[{i}]"), shape);
    }

    private static void RequireShape(Tensor? tensor, string name, params ReadOnlySpan<long> shape)
    {
        if (tensor is not null && !shape.SequenceEqual(tensor.shape))
            throw new ArgumentException($"{name} is {Text(tensor.shape)}; beside the batch's other tensors it must be {Text(shape)}.");
    }

    private static string Text(ReadOnlySpan<long> shape) =>
        string.Join(" × ", shape.ToArray().Select(size => size.ToString(CultureInfo.InvariantCulture)));

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
