using MedEmbed.Data.Judgments;
using MedEmbed.Evaluation.Tasks;
using MedEmbed.Retrieval.Fusion;

namespace MedEmbed.Evaluation.Systems;

/// <summary>A dense system and a lexical one, joined by reciprocal rank fusion.</summary>
/// <param name="dense">Finds by meaning.</param>
/// <param name="lexical">Finds by words.</param>
/// <param name="k">The constant of the fusion, at least 0.</param>
public sealed class HybridSystem(DenseSystem dense, Bm25System lexical, int k = ReciprocalRankFusion.DefaultK) : IRetrievalSystem
{
    private readonly ReciprocalRankFusion _fusion = new(k);

    /// <inheritdoc/>
    public SystemDescription Description => dense.Description with
    {
        ResultName = $"{dense.Description.ResultName}+hybrid",
        System = $"hybrid (reciprocal rank fusion, k={_fusion.K}) of dense and {lexical.Description.System}",
    };

    /// <inheritdoc/>
    public EncodingSpeed Speed => dense.Speed;

    /// <inheritdoc/>
    public async Task<RetrievalRun> SearchAsync(RetrievalData data, int top, IEvaluationStages stages, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(data);
        RetrievalRun byMeaning = await dense.SearchAsync(data, top, stages, cancellationToken).ConfigureAwait(false);
        RetrievalRun byWords = await lexical.SearchAsync(data, top, stages, cancellationToken).ConfigureAwait(false);
        return RankedLists.ToRun(data.QueryIds, [.. data.QueryIds.Select(query => Fuse(byMeaning[query], byWords[query], top))]);
    }

    private Hit[] Fuse(QueryHits byMeaning, QueryHits byWords, int top) =>
        [.. _fusion.Fuse([RankedLists.IdsBestFirst(byMeaning), RankedLists.IdsBestFirst(byWords)], top).Select(hit => new Hit(hit.Id, hit.Score))];
}
