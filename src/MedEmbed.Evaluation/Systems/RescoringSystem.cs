using System.Globalization;
using MedEmbed.Data.Judgments;
using MedEmbed.Evaluation.Tasks;

namespace MedEmbed.Evaluation.Systems;

/// <summary>A first stage finds candidates, and a dense system alone ranks them.</summary>
/// <remarks>A query has no more hits than the first stage's depth, so its recall at higher cut-offs is that of the first stage.</remarks>
/// <param name="firstStage">Finds candidates.</param>
/// <param name="dense">Scores them again.</param>
/// <param name="depth">Candidates a query, at least 1.</param>
public sealed class RescoringSystem(Bm25System firstStage, DenseSystem dense, int depth) : IRetrievalSystem
{
    private readonly int _depth = depth >= 1 ? depth : throw new ArgumentOutOfRangeException(nameof(depth), depth, "At least one candidate is needed.");

    /// <inheritdoc/>
    public SystemDescription Description => dense.Description with
    {
        ResultName = string.Create(CultureInfo.InvariantCulture, $"{dense.Description.ResultName}+rescore-bm25-{_depth}"),
        System = string.Create(CultureInfo.InvariantCulture, $"dense rescoring of the first {_depth} of {firstStage.Description.System}"),
    };

    /// <inheritdoc/>
    public EncodingSpeed Speed => dense.Speed;

    /// <inheritdoc/>
    public async Task<RetrievalRun> SearchAsync(RetrievalData data, int top, IEvaluationStages stages, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(data);
        RetrievalRun found = await firstStage.SearchAsync(data, _depth, stages, cancellationToken).ConfigureAwait(false);
        Dictionary<string, int> position = data.DocumentIds.Index().ToDictionary(document => document.Item, document => document.Index, StringComparer.Ordinal);
        int[][] candidates = [.. data.QueryIds.Select(query => RankedLists.IdsBestFirst(found[query]).Select(id => position[id]).ToArray())];
        return await dense.RankAsync(data, candidates, top, stages, cancellationToken).ConfigureAwait(false);
    }
}
