using System.Diagnostics;
using MedEmbed.Training.Checkpoints;
using MedEmbed.Training.Libtorch;
using MedEmbed.Training.Optimization;
using MedEmbed.Training.Recipes;
using MedEmbed.Training.Stepping;

namespace MedEmbed.Training.Runs;

/// <summary>The steps of a run, from where it stands to its end.</summary>
internal sealed class TrainingLoop : IDisposable
{
    private readonly TrainingRecipe _recipe;
    private readonly TrainedState _tensors;
    private readonly ITrainingBatches _batches;
    private readonly RunFolder _folder;
    private readonly DevelopmentSet? _development;
    private readonly IProgress<TrainingProgress>? _progress;
    private readonly ComputeThread _compute = LibtorchRuntime.Load().Compute;
    private readonly GradientComputation _gradients;
    private readonly LearningRateSchedule _schedule;
    private RunState _state;
    private double _lossSum;
    private int _lossCount;
    private double _norm;
    private long _logTokens;
    private long _logStart;
    private double _secondsBefore;
    private long _start;
    private int _firstStep;
    private TimeSpan _looking;

    public TrainingLoop(TrainingRecipe recipe, int steps, TrainedState tensors, ITrainingBatches batches, RunFolder folder, DevelopmentSet? development, RunState state, IProgress<TrainingProgress>? progress)
    {
        (_recipe, _tensors, _batches, _folder, _development, _state, _progress) = (recipe, tensors, batches, folder, development, state, progress);
        _gradients = new GradientComputation(tensors.Encoder, (long)recipe.MemoryMegabytes << 20);
        _schedule = new LearningRateSchedule(recipe.Schedule, recipe.LearningRate, (int)Math.Ceiling(recipe.WarmupRatio * steps), steps);
        (_lossSum, _lossCount) = (state.LossSum, state.LossCount);
    }

    /// <summary>Takes the steps that are left.</summary>
    /// <returns>Where the run stands at the end.</returns>
    /// <exception cref="TrainingException">A loss or gradient is not finite; the last checkpoint stays.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; a checkpoint of the last step was written.</exception>
    public async Task<RunState> RunAsync(CancellationToken cancellationToken)
    {
        (_start, _secondsBefore, _logStart, _firstStep) = (Stopwatch.GetTimestamp(), _state.Seconds, Stopwatch.GetTimestamp(), _state.Step);
        try
        {
            while (true)
            {
                bool last = _state.Step == _schedule.TotalSteps;
                if (_development is not null && _state.LookedAt != _state.Step && (last || _state.Step % (_recipe.EvaluateEvery ?? _recipe.CheckpointEvery) == 0))
                    await LookAsync(_development, cancellationToken).ConfigureAwait(false);
                bool ends = last || _state.Stopped;
                if (ends && _lossCount > 0)
                    AddMetricLine();
                if (_state.Step > 0 && (ends || _state.Step % _recipe.CheckpointEvery == 0))
                    WriteCheckpoint();
                if (ends)
                    return _state;

                cancellationToken.ThrowIfCancellationRequested();
                (double loss, double norm) = await _compute.RunAsync(TakeStep, CancellationToken.None).ConfigureAwait(false);
                Log(loss, norm);
            }
        }
        catch (OperationCanceledException)
        {
            // A look that was broken off is taken again when the run goes on.
            WriteCheckpoint();
            throw;
        }
    }

    public void Dispose() => _gradients.Dispose();

    private (double Loss, double Norm) TakeStep()
    {
        double loss = 0;
        long tokens = 0;
        int passes = 0;
        for (int i = 0; i < _recipe.Accumulation; i++)
        {
            PreparedBatch batch = _batches.Next();
            StepGradients gradients = _gradients.Add(batch.Tokens, batch.Loss, _state.Step, passes, 1.0 / _recipe.Accumulation);
            if (!float.IsFinite(gradients.Loss))
                throw Unusable($"the loss is {gradients.Loss}", batch);
            loss += gradients.Loss / _recipe.Accumulation;
            tokens += gradients.Tokens;
            passes += batch.Tokens.Queries.Count + batch.Tokens.Documents.Count;
        }

        double norm = GradientClipping.Clip(_tensors.Trained, _recipe.MaxGradientNorm);
        if (!double.IsFinite(norm))
            throw Unusable($"the gradient's norm is {norm}", batch: null);
        _tensors.Optimizer.Step(_schedule.At(_state.Step));
        _tensors.Optimizer.ZeroGradients();
        _tensors.Average?.Update();
        _state = _state with { Step = _state.Step + 1, Batches = _state.Batches + _recipe.Accumulation, Tokens = _state.Tokens + tokens };
        _logTokens += tokens;
        return (loss, norm);
    }

    private void Log(double loss, double norm)
    {
        (_lossSum, _lossCount) = (_lossSum + loss, _lossCount + 1);
        _norm = norm;
        _progress?.Report(new TrainingProgress(_state.Step, _schedule.TotalSteps, _lossSum / _lossCount, _schedule.At(_state.Step - 1), Rate(), TimeLeft(), _state.LastScore));
        if (_state.Step % _recipe.LogEvery == 0)
            AddMetricLine();
    }

    private void AddMetricLine()
    {
        _folder.Metrics.Add(new MetricLine(_state.Step, _lossSum / _lossCount, _schedule.At(_state.Step - 1), Math.Round(Rate(), 1), _norm));
        (_lossSum, _lossCount, _logTokens, _logStart) = (0, 0, 0, Stopwatch.GetTimestamp());
    }

    private double Rate() => _logTokens / Math.Max(Stopwatch.GetElapsedTime(_logStart).TotalSeconds, 1e-9);

    private TimeSpan TimeLeft() => (Stopwatch.GetElapsedTime(_start) - _looking) / (_state.Step - _firstStep) * (_schedule.TotalSteps - _state.Step);

    private async Task LookAsync(DevelopmentSet development, CancellationToken cancellationToken)
    {
        long before = Stopwatch.GetTimestamp();
        double score;
        TimeSpan time;
        using (_tensors.ShowResult())
            (score, time) = await development.ScoreAsync(_tensors.Encoder, _tensors.Encoder.Model, cancellationToken).ConfigureAwait(false);
        _folder.Development.Add(new DevelopmentLine(_state.Step, score, Math.Round(time.TotalSeconds, 1)));
        bool best = score > (_state.BestScore ?? double.NegativeInfinity);
        int looks = best ? 0 : _state.LooksSinceBest + 1;
        _state = _state with
        {
            LookedAt = _state.Step,
            LastScore = score,
            BaseScore = _state.Step == 0 ? score : _state.BaseScore,
            BestScore = best ? score : _state.BestScore,
            BestStep = best ? _state.Step : _state.BestStep,
            LooksSinceBest = looks,
            Stopped = _recipe.Patience is { } patience && looks >= patience,
        };
        if (best)
            _tensors.WriteResult(_folder.Best);

        // The time of a look is not the steps'.
        _logStart += Stopwatch.GetTimestamp() - before;
        _looking += time;
    }

    private void WriteCheckpoint()
    {
        _state = _state with { LossSum = _lossSum, LossCount = _lossCount, Seconds = _secondsBefore + Stopwatch.GetElapsedTime(_start).TotalSeconds };
        _folder.Checkpoints.Write(_state, _tensors.Write);
    }

    private TrainingException Unusable(string what, PreparedBatch? batch)
    {
        string kept = _folder.Checkpoints.Newest() is { } checkpoint ? $"The last good checkpoint is kept in {checkpoint}." : "There was no checkpoint yet.";
        string origin = batch is null ? "" : $" on the batch of {batch.Origin()}";
        return new TrainingException($"Step {_state.Step + 1}: {what}{origin}. {kept} Lower the learning rate, raise the temperature, or compute in f32, and begin anew.");
    }
}
