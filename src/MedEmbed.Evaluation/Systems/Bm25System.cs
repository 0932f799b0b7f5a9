using System.Globalization;
using MedEmbed.Data.Judgments;
using MedEmbed.Data.Outputs;
using MedEmbed.Evaluation.Tasks;
using MedEmbed.Retrieval;
using MedEmbed.Retrieval.Bm25;

namespace MedEmbed.Evaluation.Systems;

/// <summary>BM25 over the words of title and text: the baseline that every embedding model should beat.</summary>
public sealed class Bm25System : IRetrievalSystem
{
    private readonly Bm25Options _options;

    /// <summary>Sets the system up.</summary>
    /// <param name="options">Null for Lucene's parameters.</param>
    public Bm25System(Bm25Options? options = null)
    {
        _options = options ?? Bm25Options.Default;
        string system = string.Create(CultureInfo.InvariantCulture, $"bm25 k1={_options.K1} b={_options.B}, Lucene {Bm25Index.LuceneVersion}, English analyser");
        using var hash = new OutputFingerprint();
        Description = new SystemDescription
        {
            ResultName = "bm25",
            System = system,
            Model = new ModelMeta { Name = "bm25", Hash = hash.Add("system", system).ToString() },
        };
    }

    /// <inheritdoc/>
    public SystemDescription Description { get; }

    /// <inheritdoc/>
    public EncodingSpeed Speed => default;

    /// <inheritdoc/>
    public async Task<RetrievalRun> SearchAsync(RetrievalData data, int top, IEvaluationStages stages, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentOutOfRangeException.ThrowIfLessThan(top, 1);
        ArgumentNullException.ThrowIfNull(stages);
        using Bm25Index index = await stages.RunAsync("words", progress => Task.Run(() => Build(data, progress, cancellationToken), cancellationToken)).ConfigureAwait(false);
        return await stages.RunAsync("queries", progress => Task.Run(() => Search(data, index, top, progress, cancellationToken), cancellationToken)).ConfigureAwait(false);
    }

    private Bm25Index Build(RetrievalData data, IProgress<StageProgress> progress, CancellationToken cancellationToken)
    {
        using var builder = new Bm25IndexBuilder();
        int done = 0;

        // The index breaks ties by the order of adding, trec_eval by id, descending.
        foreach (int document in new DocumentOrder(data.DocumentIds).BestFirst())
        {
            cancellationToken.ThrowIfCancellationRequested();
            builder.Add(data.DocumentIds[document], data.Documents.Texts[data.Documents.OfItem[document]]);
            progress.Report(new StageProgress(++done, data.DocumentIds.Count, "documents"));
        }

        return builder.Build(_options);
    }

    private static RetrievalRun Search(RetrievalData data, Bm25Index index, int top, IProgress<StageProgress> progress, CancellationToken cancellationToken)
    {
        var found = new IReadOnlyList<Hit>[data.QueryIds.Count];
        int done = 0;
        Parallel.For(0, found.Length, new ParallelOptions { CancellationToken = cancellationToken }, query =>
        {
            string text = data.Queries.Texts[data.Queries.OfItem[query]];
            found[query] = data.Candidates is { } candidates
                ? OfCandidates(index.Search(text, index.Count), [.. candidates[query].Select(document => data.DocumentIds[document])], top)
                : [.. index.Search(text, top).Select(hit => new Hit(hit.Id, hit.Score))];
            progress.Report(new StageProgress(Interlocked.Increment(ref done), found.Length, "queries"));
        });
        return RankedLists.ToRun(data.QueryIds, found);
    }

    /// <summary>The candidates with their scores; those without a word of the query have 0.</summary>
    private static IReadOnlyList<Hit> OfCandidates(IReadOnlyList<SearchHit> hits, string[] candidates, int top)
    {
        Dictionary<string, float> scores = hits.ToDictionary(hit => hit.Id, hit => hit.Score, StringComparer.Ordinal);
        return RankedLists.Best(candidates.Select(id => new Hit(id, scores.GetValueOrDefault(id))), top);
    }
}
