using MedEmbed.Data.Judgments;
using MedEmbed.Encoding;
using MedEmbed.Evaluation.Metrics;
using MedEmbed.Evaluation.Systems;
using MedEmbed.Evaluation.Tasks;
using MedEmbed.Models;

namespace MedEmbed.Cli.Merging;

/// <summary>Scores a model by nDCG@10 on development sets, the mean of several.</summary>
internal sealed class DevelopmentScore
{
    public const string Metric = "ndcg_at_10";

    /// <summary>Documents ranked a query: more than the metric sees, since one may be taken out.</summary>
    private const int Top = 20;

    private readonly List<(RetrievalTask Task, RetrievalData Data)> _sets = [];

    private DevelopmentScore()
    {
    }

    /// <summary>Reads the sets once for all models.</summary>
    public static async Task<DevelopmentScore> ReadAsync(IEnumerable<RetrievalTask> tasks, string split, CancellationToken cancellationToken)
    {
        var score = new DevelopmentScore();
        foreach (RetrievalTask task in tasks)
            score._sets.Add((task, await TaskReader.ReadAsync(task, split, cancellationToken).ConfigureAwait(false)));
        return score;
    }

    /// <summary>The model's score, from 0 to 1, with its own prompts.</summary>
    public async ValueTask<double> OfAsync(ModelFolder model, CancellationToken cancellationToken)
    {
        // The built graph goes with the model: mixes are many, and each is used once.
        var options = new TextEncoderOptions { GraphCacheFolder = Path.Combine(model.Path, "graphs") };
        using TextEncoder encoder = await Task.Run(() => TextEncoder.Open(model, options), cancellationToken).ConfigureAwait(false);
        var system = new DenseSystem(DenseModel.Of(encoder, Graph.Precision.F32), PromptSetting.Own);
        double sum = 0;
        foreach ((RetrievalTask task, RetrievalData data) in _sets)
        {
            RetrievalRun run = await system.SearchAsync(data, Top, new SilentStages(), cancellationToken).ConfigureAwait(false);
            var metrics = new EvaluationOptions { Cutoffs = [10], IgnoreIdenticalIds = task.IgnoreIdenticalIds, WithNauc = false };
            sum += RetrievalEvaluator.Evaluate(data.Qrels, run, metrics).Mean(Metric);
        }

        return sum / _sets.Count;
    }
}
