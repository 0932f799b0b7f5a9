using System.Globalization;
using MedEmbed.Retrieval.Bm25;
using MedEmbed.Synthesis.Mining.Passages;

namespace MedEmbed.Synthesis.Mining.Scoring;

/// <summary>BM25 over an index in the work folder, whose document numbers are the passages'.</summary>
internal sealed class Bm25Scorer : IPassageScorer
{
    private readonly Bm25Index _index;
    private readonly int _candidates;
    private QueryWindow? _window;

    private Bm25Scorer(Bm25Index index, int candidates) => (_index, _candidates) = (index, candidates);

    /// <summary>Builds the index at <paramref name="folder"/>, or opens the one that an earlier run completed.</summary>
    public static Bm25Scorer Open(PassageCatalog catalog, string folder, IProgress<MiningProgress>? progress, CancellationToken cancellationToken)
    {
        if (!Directory.Exists(folder))
            Build(catalog, folder, progress, cancellationToken);
        return new Bm25Scorer(Bm25Index.Open(folder), catalog.Candidates);
    }

    public Task BeginAsync(QueryWindow window, CancellationToken cancellationToken)
    {
        _window = window;
        return Task.CompletedTask;
    }

    public void Score(int query, ReadOnlySpan<int> passages, Span<float> scores)
    {
        long[] rows = new long[passages.Length];
        for (int i = 0; i < rows.Length; i++)
            rows[i] = passages[i];
        _index.Score(_window!.Queries[query], rows, scores);
    }

    public int[][] Rank(int depth, CancellationToken cancellationToken)
    {
        int[][] ranked = new int[_window!.Queries.Length][];
        Parallel.For(0, ranked.Length, new ParallelOptions { CancellationToken = cancellationToken, MaxDegreeOfParallelism = Environment.ProcessorCount }, i =>
        {
            int[]? found = null;
            for (int asked = depth; found is null; asked = (int)Math.Min(2L * asked, int.MaxValue))
                found = Rankings.Candidates(Array.ConvertAll(_index.Rank(_window.Queries[i], asked), hit => hit.Row), asked, _candidates, depth);
            ranked[i] = found;
        });
        return ranked;
    }

    public void Dispose() => _index.Dispose();

    private static void Build(PassageCatalog catalog, string folder, IProgress<MiningProgress>? progress, CancellationToken cancellationToken)
    {
        string partial = folder + ".partial";
        if (Directory.Exists(partial))
            Directory.Delete(partial, recursive: true);
        using (var builder = new Bm25IndexBuilder(partial))
        {
            for (int i = 0; i < catalog.Count; i++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                builder.Add(i.ToString(CultureInfo.InvariantCulture), catalog.Text(i));
                if (i % 1000 == 0)
                    progress?.Report(new MiningProgress(MiningStage.Indexing, i, catalog.Count));
            }

            builder.Build().Dispose();
        }

        Directory.Move(partial, folder);
    }
}
