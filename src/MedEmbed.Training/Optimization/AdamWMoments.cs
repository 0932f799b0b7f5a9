using System.Globalization;
using MedEmbed.Training.Libtorch;
using static TorchSharp.torch;

namespace MedEmbed.Training.Optimization;

/// <summary>What AdamW remembers of one parameter. Its tensors belong to no dispose scope and live until they are disposed here.</summary>
internal sealed class AdamWMoments : IDisposable
{
    private readonly Tensor _steps;

    public AdamWMoments(Tensor parameter)
    {
        using IDisposable _ = no_grad();
        Mean = zeros_like(parameter).DetachFromDisposeScope();
        MeanOfSquares = zeros_like(parameter).DetachFromDisposeScope();
        _steps = zeros([], ScalarType.Float32, CPU).DetachFromDisposeScope();
    }

    /// <summary>Decaying mean of gradients, of the parameter's shape.</summary>
    public Tensor Mean { get; }

    /// <summary>Decaying mean of squared gradients, of the parameter's shape.</summary>
    public Tensor MeanOfSquares { get; }

    /// <summary>Steps that had a gradient for the parameter.</summary>
    public long Steps { get; private set; }

    public void CountStep()
    {
        Steps++;
        _steps.FillInPlace(Steps);
    }

    /// <summary>The tensors to save, under PyTorch's names: a scalar for the steps.</summary>
    public IEnumerable<KeyValuePair<string, Tensor>> Named(string parameter) =>
    [
        new($"exp_avg.{parameter}", Mean),
        new($"exp_avg_sq.{parameter}", MeanOfSquares),
        new($"step.{parameter}", _steps),
    ];

    /// <summary>Takes <see cref="Steps"/> from the saved scalar, after it was copied in.</summary>
    public void ReadSteps(string parameter)
    {
        float steps = _steps.item<float>();
        if (!(steps >= 0 && steps <= 1 << 24 && float.IsInteger(steps)))
            throw new ArgumentException($"step.{parameter} is {steps.ToString(CultureInfo.InvariantCulture)}; it must be a count of steps.");
        Steps = (long)steps;
    }

    public void Dispose()
    {
        Mean.Dispose();
        MeanOfSquares.Dispose();
        _steps.Dispose();
    }
}
