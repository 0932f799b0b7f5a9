using MedEmbed.Training.Checkpoints;
using MedEmbed.Training.Encoders;
using MedEmbed.Training.Optimization;
using MedEmbed.Training.Recipes;
using static TorchSharp.torch;

namespace MedEmbed.Training.Runs;

/// <summary>All tensors of a run: what is trained, the optimiser's moments, and the average where there is one.</summary>
internal sealed class TrainedState : IDisposable
{
    private const string ParametersFile = "parameters.safetensors";
    private const string OptimizerFile = "optimizer.safetensors";
    private const string AverageFile = "average.safetensors";

    private readonly IReadOnlyDictionary<string, Tensor> _trained;

    public TrainedState(TrainableEncoder encoder, TrainingRecipe recipe)
    {
        Encoder = encoder;
        LayerwiseRates? rates = recipe.LayerDecay == 1 ? null : new LayerwiseRates(recipe.LayerDecay, encoder.Model.Config.Layers);
        Optimizer = new AdamW(OptimizedParameter.Of(encoder.Parameters, rates), new AdamWOptions { WeightDecay = recipe.WeightDecay });
        _trained = Optimizer.Parameters.ToDictionary(parameter => parameter.Name, parameter => parameter.Tensor, StringComparer.Ordinal);
        Average = recipe.Ema is { } decay ? new ExponentialMovingAverage(_trained, decay) : null;
    }

    public TrainableEncoder Encoder { get; }

    public AdamW Optimizer { get; }

    public ExponentialMovingAverage? Average { get; }

    public IEnumerable<Tensor> Trained => _trained.Values;

    public void Write(string folder)
    {
        TensorFile.Write(Path.Combine(folder, ParametersFile), _trained);
        TensorFile.Write(Path.Combine(folder, OptimizerFile), Optimizer.State);
        if (Average is not null)
            TensorFile.Write(Path.Combine(folder, AverageFile), Average.State);
    }

    public void Read(string folder)
    {
        TensorFile.ReadInto(Path.Combine(folder, ParametersFile), _trained);
        ReadOptimizer(Path.Combine(folder, OptimizerFile));
        if (Average is not null)
            TensorFile.ReadInto(Path.Combine(folder, AverageFile), Average.State);
    }

    /// <summary>Writes what the run would give now: the average, or where there is none the parameters.</summary>
    public void WriteResult(string file) => TensorFile.Write(file, Average?.State ?? _trained);

    /// <summary>Puts what <see cref="WriteResult"/> wrote in the parameters' place.</summary>
    public void ReadResult(string file) => TensorFile.ReadInto(file, _trained);

    /// <summary>Puts what the run would give in the parameters' place until what is returned is disposed.</summary>
    public IDisposable? ShowResult() => Average?.Apply();

    public void Dispose()
    {
        Average?.Dispose();
        Optimizer.Dispose();
    }

    // The optimiser counts its steps beside the tensors, and so reads them itself.
    private void ReadOptimizer(string file)
    {
        using var scope = NewDisposeScope();
        var read = Optimizer.State.ToDictionary(entry => entry.Key, entry => empty_like(entry.Value), StringComparer.Ordinal);
        TensorFile.ReadInto(file, read);
        Optimizer.LoadState(read);
    }
}
