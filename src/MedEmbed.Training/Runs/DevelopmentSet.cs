using System.Diagnostics;
using MedEmbed.Data.Judgments;
using MedEmbed.Encoding;
using MedEmbed.Evaluation.Metrics;
using MedEmbed.Evaluation.Systems;
using MedEmbed.Evaluation.Tasks;
using MedEmbed.Models;
using MedEmbed.Retrieval.Bm25;
using MedEmbed.Training.Recipes;
using MedEmbed.Training.Sampling;

namespace MedEmbed.Training.Runs;

/// <summary>A small retrieval task on which a model under training is judged, by nDCG@10.</summary>
/// <remarks>Of a BEIR folder: some of its queries, with all their relevant documents and BM25's first hits for each as the corpus. Scores are higher than on
/// the whole corpus, and comparable with each other alone. Of a judged list: some of its queries, each over its own passages.</remarks>
internal sealed class DevelopmentSet
{
    private const int Depth = 10;

    private readonly RetrievalData _data;
    private readonly PromptSetting _prompts;

    private DevelopmentSet(RetrievalData data, PromptSetting prompts) => (_data, _prompts) = (data, prompts);

    public int Queries => _data.QueryIds.Count;

    public int Documents => _data.DocumentIds.Count;

    public string Hash => _data.Hash;

    public static async Task<DevelopmentSet> ReadAsync(DevelopmentRecipe recipe, long seed, CancellationToken cancellationToken)
    {
        RetrievalTask task = TaskSelection.Resolve([recipe.Path], null, recipe.Split)[0];
        RetrievalData whole = await TaskReader.ReadAsync(task, recipe.Split, cancellationToken).ConfigureAwait(false);
        int[] queries = Draw(whole.QueryIds.Count, recipe.Queries, seed);
        PromptSetting prompts = recipe.Prompt ? PromptSetting.Own : PromptSetting.None;
        return new DevelopmentSet(whole.Candidates is null ? WithCorpus(whole, queries, recipe.Hits, cancellationToken) : WithCandidates(whole, queries), prompts);
    }

    /// <summary>The model's mean nDCG@10.</summary>
    public async Task<(double Score, TimeSpan Time)> ScoreAsync(ITextEncoder encoder, ModelFolder model, CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        var system = new DenseSystem(new DenseModel(encoder, ModelMeta.Of(model), "training", model.Similarity, model.Prompts), _prompts);
        RetrievalRun run = await system.SearchAsync(_data, Depth, new SilentStages(), cancellationToken).ConfigureAwait(false);
        var options = new EvaluationOptions { Cutoffs = [Depth], WithNauc = false };
        return (RetrievalEvaluator.Evaluate(_data.Qrels, run, options).Mean("ndcg_at_10"), clock.Elapsed);
    }

    private static int[] Draw(int count, int wanted, long seed)
    {
        int[] order = [.. Enumerable.Range(0, count)];
        var random = new SplitMix64((ulong)seed);
        random.Shuffle<int>(order);
        return [.. order.Take(wanted).Order()];
    }

    private static RetrievalData WithCorpus(RetrievalData whole, int[] queries, int hits, CancellationToken cancellationToken)
    {
        var position = whole.DocumentIds.Select((id, i) => (id, i)).ToDictionary(entry => entry.id, entry => entry.i, StringComparer.Ordinal);
        using var builder = new Bm25IndexBuilder();
        for (int i = 0; i < whole.DocumentIds.Count; i++)
            builder.Add(whole.DocumentIds[i], TextOf(whole.Documents, i));
        using Bm25Index index = builder.Build();
        var taken = new SortedSet<int>();
        foreach (int query in queries)
        {
            cancellationToken.ThrowIfCancellationRequested();
            AddRelevant(whole.Qrels[whole.QueryIds[query]], position, taken);
            taken.UnionWith(index.Search(TextOf(whole.Queries, query), hits).Select(hit => position[hit.Id]));
        }

        return Subset(whole, queries, [.. taken], candidates: null);
    }

    private static void AddRelevant(JudgedDocuments judged, Dictionary<string, int> position, SortedSet<int> taken)
    {
        for (int i = 0; i < judged.Count; i++)
        {
            if (judged.Grades[i] > 0 && position.TryGetValue(judged.DocumentIds[i], out int document))
                taken.Add(document);
        }
    }

    private static RetrievalData WithCandidates(RetrievalData whole, int[] queries)
    {
        int[] documents = [.. queries.SelectMany(query => whole.Candidates![query]).Distinct().Order()];
        var moved = documents.Select((old, now) => (old, now)).ToDictionary(entry => entry.old, entry => entry.now);
        return Subset(whole, queries, documents, queries.ToDictionary(query => whole.QueryIds[query], query => whole.Candidates![query].Select(old => moved[old]).ToArray(), StringComparer.Ordinal));
    }

    private static RetrievalData Subset(RetrievalData whole, int[] queries, int[] documents, IReadOnlyDictionary<string, int[]>? candidates)
    {
        HashSet<string> ids = [.. queries.Select(query => whole.QueryIds[query])];
        return new RetrievalData(
            [.. documents.Select(document => (whole.DocumentIds[document], TextOf(whole.Documents, document)))],
            [.. queries.Select(query => (whole.QueryIds[query], TextOf(whole.Queries, query)))],
            Qrels.Create(whole.Qrels.Enumerate().Where(judgment => ids.Contains(judgment.QueryId))),
            candidates);
    }

    private static string TextOf(DistinctTexts texts, int item) => texts.Texts[texts.OfItem[item]];
}
