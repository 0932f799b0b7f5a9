using MedEmbed.Encoding;
using MedEmbed.Retrieval;
using MedEmbed.Retrieval.Flat;
using MedEmbed.Synthesis.Mining.Passages;

namespace MedEmbed.Synthesis.Mining.Scoring;

/// <summary>A model's vectors of all passages in a flat index on disk, whose rows are the passages' numbers.</summary>
internal sealed class DenseScorer : IPassageScorer
{
    private readonly MiningModel _model;
    private readonly FlatIndex _index;
    private readonly int _candidates;
    private EmbeddingMatrix? _queries;

    private DenseScorer(MiningModel model, FlatIndex index, int candidates) => (_model, _index, _candidates) = (model, index, candidates);

    /// <summary>Encodes the passages into the index at <paramref name="folder"/>, going on where an earlier run was stopped.</summary>
    public static async Task<DenseScorer> OpenAsync(MiningModel model, PassageCatalog catalog, string folder, IProgress<MiningProgress>? progress, CancellationToken cancellationToken)
    {
        if (!Directory.Exists(folder))
            await PassageVectors.BuildAsync(model, catalog, folder, progress, cancellationToken).ConfigureAwait(false);
        FlatIndex index = FlatIndex.Open(folder);
        index.EnsureModel(model.Index);
        return new DenseScorer(model, index, catalog.Candidates);
    }

    public async Task BeginAsync(QueryWindow window, CancellationToken cancellationToken) =>
        _queries = (await _model.Encoder.EncodeAsync(window.Queries, _model.Query, cancellationToken).ConfigureAwait(false)).Vectors;

    public void Score(int query, ReadOnlySpan<int> passages, Span<float> scores)
    {
        long[] rows = new long[passages.Length];
        for (int i = 0; i < rows.Length; i++)
            rows[i] = passages[i];
        _index.Score(_queries![query], rows, scores);
    }

    public int[][] Rank(int depth, CancellationToken cancellationToken)
    {
        for (int asked = depth; ; asked = (int)Math.Min(2L * asked, int.MaxValue))
        {
            SearchHit[][] hits = _index.Search(_queries!, asked, cancellationToken: cancellationToken);
            int[]?[] ranked = Array.ConvertAll(hits, found => Rankings.Candidates(Array.ConvertAll(found, hit => hit.Row), asked, _candidates, depth));
            if (Array.TrueForAll(ranked, found => found is not null))
                return ranked!;
        }
    }

    public void Dispose() => _index.Dispose();
}
