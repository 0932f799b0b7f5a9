using MedEmbed.Models;
using MedEmbed.Training.Encoders;
using MedEmbed.Training.Losses;
using MedEmbed.Training.Recipes;
using MedEmbed.Training.Sampling;
using MedEmbed.Training.Stepping;

namespace MedEmbed.Training.Runs;

/// <summary>Draws a run's batches, tokenises them, and puts the teachers' scores to them.</summary>
internal sealed class RunBatches : ITrainingBatches, IDisposable
{
    private readonly RunData _data;
    private readonly BatchSampler _sampler;
    private readonly BatchCollator _collator;
    private readonly RunTeachers _teachers;
    private readonly Dictionary<string, int> _sources;
    private readonly Func<BatchSampler> _again;

    private RunBatches(RunData data, Func<BatchSampler> sampler, BatchCollator collator, RunTeachers teachers)
    {
        (_data, _sampler, _again, _collator, _teachers) = (data, sampler(), sampler, collator, teachers);
        _sources = data.Reports.Select((report, i) => (report.Source.Name, i)).ToDictionary(entry => entry.Name, entry => entry.i, StringComparer.Ordinal);
    }

    public static async Task<RunBatches> OpenAsync(TrainingRecipe recipe, ModelFolder model, RunData data, TrainingRunOptions options, CancellationToken cancellationToken)
    {
        var sampling = new BatchSamplerOptions
        {
            BatchSize = recipe.BatchSize,
            Seed = recipe.Seed,
            Mixing = recipe.Mixed ? BatchMixing.Mixed : BatchMixing.OneSource,
            BucketBatches = recipe.BucketBatches,
        };
        var collator = new BatchCollator(new TextTokens(model), new BatchCollatorOptions { MaxQueryLength = recipe.QueryLength, MaxPassageLength = recipe.PassageLength });
        RunTeachers teachers = await RunTeachers.PrepareAsync(recipe, data, options, cancellationToken).ConfigureAwait(false);
        return new RunBatches(data, () => new BatchSampler(data.Sets, sampling), collator, teachers);
    }

    public PreparedBatch Next() => Prepare(_sampler.Next());

    public void Skip(long count) => _sampler.Skip(count);

    /// <summary>The run's first batch, without drawing it.</summary>
    public PreparedBatch Peek() => Prepare(_again().Next());

    public void Dispose() => _teachers.Dispose();

    private PreparedBatch Prepare(TrainingBatch batch)
    {
        int source = _sources[batch.Examples[0].Source.Name];
        ITrainingLoss loss = _data.LossOf(source);
        bool ownScores = batch.Examples.All(example => _data.HasScores(_sources[example.Source.Name]));
        TokenizedBatch tokens = _teachers.Teach(batch, _collator.Collate(batch, out _), loss.Needs, ownScores);
        return new PreparedBatch(tokens, loss, () => Origin(batch));
    }

    /// <summary>Files and lines, never texts.</summary>
    private static string Origin(TrainingBatch batch) =>
        string.Join("; ", batch.Examples.GroupBy(example => example.File).Select(file => $"{file.Key}, lines {string.Join(", ", file.Select(example => example.Line).Order())}"));
}
