using System.Text.Json;
using MedEmbed.Data.Contamination;
using MedEmbed.Data.Outputs;
using MedEmbed.Evaluation.Charts;
using MedEmbed.Models;
using MedEmbed.Training.Checkpoints;
using MedEmbed.Training.Encoders;
using MedEmbed.Training.Libtorch;
using MedEmbed.Training.LowRank;
using MedEmbed.Training.Output;
using MedEmbed.Training.Recipes;
using TorchSharp;

namespace MedEmbed.Training.Runs;

/// <summary>Trains the model that a recipe describes, from reading its data to the complete model folder.</summary>
/// <remarks>The output grows in <c>OUTPUT.partial</c>. The same recipe over the same data continues what is there, after a kill too, and ends in the same weights
/// as an unbroken run, on the same number of threads. libtorch's number of threads is the process's, so one run at a time.</remarks>
public sealed class TrainingRun
{
    private readonly TrainingRecipe _recipe;
    private readonly TrainingRunOptions _options;
    private readonly int _threads;

    private TrainingRun(TrainingRecipe recipe, TrainingRunOptions options) =>
        (_recipe, _options, _threads) = (recipe, options, recipe.Threads ?? Environment.ProcessorCount);

    /// <summary>Runs <paramref name="recipe"/>, or continues it.</summary>
    /// <exception cref="RecipeException">The recipe contradicts itself or the model.</exception>
    /// <exception cref="Data.DataFormatException">A line of the data is faulty, or lacks what the loss needs.</exception>
    /// <exception cref="ModelFormatException">A model's or checkpoint's file is faulty or of another architecture.</exception>
    /// <exception cref="OutputExistsException">The output is there, and not to be overwritten.</exception>
    /// <exception cref="TrainingException">The run cannot go on.</exception>
    /// <exception cref="LibtorchException">libtorch is missing or does not load.</exception>
    public static async Task<TrainingOutcome> RunAsync(TrainingRecipe recipe, TrainingRunOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        ArgumentNullException.ThrowIfNull(options);
        LibtorchRuntime.Load(options.Logger);
        try
        {
            return await new TrainingRun(recipe, options).ExecuteAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            AllocatorTuning.Trim();
        }
    }

    private async Task<TrainingOutcome> ExecuteAsync(CancellationToken cancellationToken)
    {
        RunFolder.RequireFree(_recipe.Output!, _options.Overwrite);
        torch.set_num_threads(_threads);
        ModelFolder basis = await _options.FindModel(_recipe.Model, cancellationToken).ConfigureAwait(false);
        ContaminationCheck? contamination = await ReadBenchmarksAsync(cancellationToken).ConfigureAwait(false);
        RunData data = await RunData.ReadAsync(_recipe, basis, contamination, cancellationToken).ConfigureAwait(false);
        TellData(data, contamination?.Report());
        DevelopmentSet? development = _recipe.Development is { } wanted ? await DevelopmentSet.ReadAsync(wanted, _recipe.Seed, cancellationToken).ConfigureAwait(false) : null;
        string fingerprint = Fingerprint(basis, data, development);
        using RunBatches batches = await RunBatches.OpenAsync(_recipe, basis, data, _options, cancellationToken).ConfigureAwait(false);
        using RunFolder folder = RunFolder.Open(_recipe.Output!, fingerprint, _options.Overwrite, _options.Resume);
        string? checkpoint = folder.Checkpoints.Newest();
        RunState state = checkpoint is null ? await BeginAsync(basis, batches, fingerprint).ConfigureAwait(false) : CheckpointFolder.ReadState(checkpoint);
        if (state.Threads != _threads)
            Note(FormattableString.Invariant($"The run began on {state.Threads} threads and goes on with {_threads}: the weights will differ a little from those of an unbroken run."));
        using TrainableEncoder encoder = Open(basis, state.Precision);
        using var tensors = new TrainedState(encoder, _recipe);
        Resume(folder, checkpoint, state, tensors, batches);
        using var loop = new TrainingLoop(_recipe, data.Steps, tensors, batches, folder, development, state, _options.Progress);
        state = await loop.RunAsync(cancellationToken).ConfigureAwait(false);
        if (development is not null)
            tensors.ReadResult(folder.Best);
        using (development is null ? tensors.ShowResult() : null)
        {
            var card = RunCard.Of(_recipe, basis, data, contamination?.Report(), state, data.Steps, development);
            return Finish(folder, encoder, card, state);
        }
    }

    private async Task<ContaminationCheck?> ReadBenchmarksAsync(CancellationToken cancellationToken)
    {
        if (_recipe.Benchmarks is not { } path)
            return null;
        Note($"Reading the benchmarks in {path}, which training texts are compared with.");
        return new ContaminationCheck(await BenchmarkTexts.ReadAsync(path, cancellationToken: cancellationToken).ConfigureAwait(false));
    }

    private void TellData(RunData data, ContaminationReport? contamination)
    {
        foreach (var report in data.Reports)
            Note(FormattableString.Invariant($"{report.Source.Name}: {report.Examples:N0} examples of {report.Triplets:N0} triplets{(report.Excluded > 0 ? $", {report.Excluded} excluded" : "")}{(report.Omitted.Count > 0 ? $", {report.Omitted.Count} omitted" : "")}."));
        if (contamination is not null)
        {
            Note(FormattableString.Invariant(
                $"Contamination: {contamination.ContaminatedTriplets} triplets and {contamination.ContaminatedNegatives} negatives stand in a benchmark, {(_recipe.DropContaminated ? "and are left out" : "and are kept; --drop-contaminated leaves them out")}."));
        }
    }

    private async Task<RunState> BeginAsync(ModelFolder basis, RunBatches batches, string fingerprint)
    {
        ComputePrecision precision = _recipe.Precision switch
        {
            PrecisionChoice.F32 => ComputePrecision.F32,
            PrecisionChoice.BF16 => ComputePrecision.BF16,
            _ => await LibtorchRuntime.Load().Compute.RunAsync(() => PrecisionTiming.Choose(basis, EncoderOptions(ComputePrecision.F32), batches.Peek(), (long)_recipe.MemoryMegabytes << 20), CancellationToken.None).ConfigureAwait(false),
        };
        Note($"Computing in {RecipeJson.NameOf(precision)} on {_threads} threads{(_recipe.Precision == PrecisionChoice.Auto ? ", the faster of the two here" : "")}.");
        return new RunState { Step = 0, Batches = 0, Fingerprint = fingerprint, Precision = precision, Threads = _threads };
    }

    private TrainableEncoder Open(ModelFolder basis, ComputePrecision precision)
    {
        TrainableEncoder encoder = TrainableEncoder.Open(basis, EncoderOptions(precision));
        try
        {
            if (_recipe.Lora is { } lora)
            {
                var config = new LowRankConfig { Targets = new LayerSelection { Names = lora.Targets }, Rank = lora.Rank, Alpha = lora.Alpha };
                encoder.Attach(LowRankAdapter.Create(config, basis.Config, _recipe.Seed));
            }

            Freezing.Apply(encoder, _recipe.Freeze);
            return encoder;
        }
        catch
        {
            encoder.Dispose();
            throw;
        }
    }

    private TrainableEncoderOptions EncoderOptions(ComputePrecision precision) => new()
    {
        Precision = precision,
        Device = _recipe.Device,
        Dropout = _recipe.Dropout,
        Seed = _recipe.Seed,
        ChunkTokens = _recipe.ChunkTokens,
        Lanes = ComputeDevice.LanesOf(_recipe.Device, _threads),
        GradientCheckpointing = _recipe.GradientCheckpointing,
    };

    private void Resume(RunFolder folder, string? checkpoint, RunState state, TrainedState tensors, RunBatches batches)
    {
        folder.Metrics.CutAfter(state.Step);
        folder.Development.CutAfter(checkpoint is null ? -1 : state.Step);
        if (checkpoint is null)
            return;
        tensors.Read(checkpoint);
        batches.Skip(state.Batches);
        Note(FormattableString.Invariant($"Continuing after step {state.Step}, from {checkpoint}."));
    }

    private TrainingOutcome Finish(RunFolder folder, TrainableEncoder encoder, ModelCardContent card, RunState state)
    {
        ModelFolderWriter.WriteInto(folder.Root, encoder, new ModelFolderOptions { Weights = _recipe.Weights, Card = card });
        encoder.ToAdapter()?.Write(Path.Combine(folder.Root, "adapter"), overwrite: true);
        File.WriteAllText(Path.Combine(folder.Root, "recipe.json"), JsonSerializer.Serialize(_recipe, RecipeJson.Options));
        IReadOnlyList<MetricLine> metrics = folder.Metrics.Read();
        IReadOnlyList<DevelopmentLine> looks = folder.Development.Read();
        if (metrics.Count > 0)
            CurveChart.Write(folder.Root, "loss", "Training loss", "loss", [.. metrics.Select(line => (line.Step, line.Loss))]);
        if (looks.Count > 0)
            CurveChart.Write(folder.Root, "development", "Development data", "nDCG@10", [.. looks.Select(line => (line.Step, line.Score))]);
        folder.Complete();
        return new TrainingOutcome(_recipe.Output!, state.Step, metrics.Count > 0 ? metrics[^1].Loss : null, state.BaseScore, state.BestScore, state.BestStep ?? state.Step, state.Seconds, state.Tokens);
    }

    /// <summary>All that decides the weights: where it changes, what is there is another run.</summary>
    private string Fingerprint(ModelFolder basis, RunData data, DevelopmentSet? development)
    {
        // Where the result goes and how often it is looked after have no part in what it is.
        TrainingRecipe deciding = _recipe with { Output = null, Threads = null, LogEvery = 1, CheckpointEvery = _recipe.EvaluateEvery is null ? _recipe.CheckpointEvery : 1 };
        using var hash = new OutputFingerprint();
        hash.Add("recipe", JsonSerializer.Serialize(deciding, RecipeJson.Options)).Add("model", basis.ContentHash).Add("development", development?.Hash);
        foreach (var report in data.Reports)
            hash.Add("data", report.ContentHash);
        return hash.ToString();
    }

    private void Note(string text) => _options.Notes?.Report(text);
}
