using MedEmbed.Training.Libtorch;
using TorchSharp;
using static TorchSharp.torch;

namespace MedEmbed.Training.Optimization;

/// <summary>AdamW: Adam with decoupled weight decay (Loshchilov and Hutter 2019), equal to <c>torch.optim.AdamW</c>.</summary>
/// <remarks>With g the gradient, η the learning rate times the parameter's multiplier and k the steps of the parameter:
/// θ ← θ − η·λ·θ;  m ← β₁·m + (1 − β₁)·g;  v ← β₂·v + (1 − β₂)·g²;  θ ← θ − η·(m / (1 − β₁ᵏ)) / (√v / √(1 − β₂ᵏ) + ε).
/// Parameters and moments change in place, on the parameters' device. Moments belong to no dispose scope: they live until the optimiser is disposed. Not thread-safe.</remarks>
public sealed class AdamW : IDisposable
{
    private readonly AdamWOptions _options;
    private readonly OptimizedParameter[] _parameters;
    private readonly AdamWMoments[] _moments;

    /// <summary>Makes an optimiser with moments of zero for <paramref name="parameters"/>, which stay the caller's.</summary>
    /// <exception cref="ArgumentException">There is no parameter, two have one name, or a multiplier is not above 0.</exception>
    public AdamW(IReadOnlyList<OptimizedParameter> parameters, AdamWOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        if (parameters.Count == 0)
            throw new ArgumentException("There is no parameter to train; all of them are frozen.", nameof(parameters));
        if (parameters.GroupBy(parameter => parameter.Name, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw new ArgumentException($"Parameter {twice.Key} is named twice.", nameof(parameters));
        foreach (OptimizedParameter parameter in parameters)
            OptionRange.Positive(parameter.LearningRateMultiplier, $"{nameof(OptimizedParameter.LearningRateMultiplier)} of {parameter.Name}");
        _options = options ?? new AdamWOptions();
        _parameters = [.. parameters];
        _moments = [.. _parameters.Select(parameter => new AdamWMoments(parameter.Tensor))];
        State = _parameters.Zip(_moments, (parameter, moments) => moments.Named(parameter.Name)).SelectMany(named => named).ToDictionary(StringComparer.Ordinal);
    }

    /// <summary>The live state to save: <c>exp_avg.NAME</c>, <c>exp_avg_sq.NAME</c> (of the parameter's shape) and <c>step.NAME</c> (a scalar), all f32. Owned by the optimiser.</summary>
    public IReadOnlyDictionary<string, Tensor> State { get; }

    /// <summary>The parameters that are trained.</summary>
    public IReadOnlyList<OptimizedParameter> Parameters => _parameters;

    /// <summary>Changes every parameter that has a gradient; one without is left as it is, without decay.</summary>
    /// <param name="learningRate">The schedule's learning rate, at least 0.</param>
    public void Step(double learningRate)
    {
        OptionRange.NotNegative(learningRate, nameof(learningRate));
        using IDisposable withoutGraph = no_grad();
        for (int i = 0; i < _parameters.Length; i++)
        {
            using DisposeScope temporaries = NewDisposeScope();
            if (_parameters[i].Tensor.grad is { } gradient)
                Step(_parameters[i], _moments[i], gradient, learningRate * _parameters[i].LearningRateMultiplier);
        }
    }

    /// <summary>Drops every gradient, so that the next backward pass begins anew.</summary>
    public void ZeroGradients()
    {
        foreach (OptimizedParameter parameter in _parameters)
            parameter.Tensor.grad = null;
    }

    /// <summary>Copies <paramref name="state"/>, as <see cref="State"/> was saved, into this optimiser.</summary>
    /// <exception cref="ArgumentException">A tensor is missing, not of this optimiser, or of another shape; nothing was changed. Or a count of steps is none.</exception>
    public void LoadState(IReadOnlyDictionary<string, Tensor> state)
    {
        NamedState.CopyInto(State, state, "optimiser");
        for (int i = 0; i < _parameters.Length; i++)
            _moments[i].ReadSteps(_parameters[i].Name);
    }

    /// <summary>Frees the moments.</summary>
    public void Dispose()
    {
        foreach (AdamWMoments moments in _moments)
            moments.Dispose();
    }

    private void Step(OptimizedParameter parameter, AdamWMoments moments, Tensor gradient, double learningRate)
    {
        moments.CountStep();
        if (parameter.Decays)
            parameter.Tensor.MultiplyInPlace(1 - learningRate * _options.WeightDecay);
        moments.Mean.MultiplyInPlace(_options.Beta1).AddInPlace(gradient, 1 - _options.Beta1);
        moments.MeanOfSquares.MultiplyInPlace(_options.Beta2).AddProductInPlace(gradient, gradient, 1 - _options.Beta2);
        double meanCorrection = 1 - Math.Pow(_options.Beta1, moments.Steps);
        double squareCorrection = 1 - Math.Pow(_options.Beta2, moments.Steps);
        Tensor root = moments.MeanOfSquares.sqrt().DivideInPlace(Math.Sqrt(squareCorrection)).AddInPlace(_options.Epsilon);
        parameter.Tensor.AddQuotientInPlace(moments.Mean, root, -learningRate / meanCorrection);
    }
}
