using MedEmbed.Training.Losses;
using static TorchSharp.torch;

namespace MedEmbed.Training.Stepping;

/// <summary>Lays a batch's vectors out as losses take them.</summary>
internal static class BatchVectors
{
    /// <summary>The batch of <paramref name="vectors"/>, B·(2 + N) × D: queries, then documents.</summary>
    public static EmbeddedBatch Of(Tensor vectors, TokenizedBatch batch)
    {
        long queries = batch.Queries.Count;
        long documents = batch.Documents.Count;
        Device device = vectors.device;
        return Split(vectors, batch) with
        {
            TeacherScores = batch.TeacherScores is { } own ? tensor(own, [queries, batch.Negatives + 1]).to(device) : null,
            TeacherBatchScores = batch.TeacherBatchScores is { } all ? tensor(all, [queries, documents]).to(device) : null,
            KnownPositives = batch.KnownPositives is { } known ? tensor(known, [queries, documents]).to(device) : null,
            Guide = batch.GuideVectors is { } guide ? Split(tensor(guide, [queries + documents, guide.Length / (queries + documents)]).to(device), batch) : null,
        };
    }

    private static EmbeddedBatch Split(Tensor vectors, TokenizedBatch batch)
    {
        long queries = batch.Queries.Count;
        return new EmbeddedBatch
        {
            Queries = vectors.narrow(0, 0, queries),
            Positives = vectors.narrow(0, queries, queries),
            Negatives = [.. Enumerable.Range(0, batch.Negatives).Select(column => vectors.narrow(0, (column + 2) * queries, queries))],
        };
    }
}
