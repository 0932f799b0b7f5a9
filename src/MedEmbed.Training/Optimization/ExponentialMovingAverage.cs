using MedEmbed.Training.Libtorch;
using TorchSharp;
using static TorchSharp.torch;

namespace MedEmbed.Training.Optimization;

/// <summary>An exponential moving average of parameters, which is often better than the last parameters themselves (Polyak averaging).</summary>
/// <remarks>a ← d·a + (1 − d)·θ after every step, beginning with the parameters as they are. The averages belong to no dispose scope: they live until this is disposed. Not thread-safe.</remarks>
public sealed class ExponentialMovingAverage : IDisposable
{
    private readonly IReadOnlyDictionary<string, Tensor> _parameters;
    private readonly double _decay;

    /// <summary>Begins the average with the values of <paramref name="parameters"/>, which stay the caller's.</summary>
    /// <param name="parameters">Parameters by name.</param>
    /// <param name="decay">d, at least 0 and below 1; 0.999 looks back over some thousand steps.</param>
    /// <exception cref="ArgumentOutOfRangeException">The decay is outside its range.</exception>
    public ExponentialMovingAverage(IReadOnlyDictionary<string, Tensor> parameters, double decay)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        _decay = OptionRange.Decay(decay, nameof(decay));
        _parameters = parameters;
        using DisposeScope temporaries = NewDisposeScope();
        State = parameters.ToDictionary(parameter => parameter.Key, parameter => parameter.Value.detach().clone().DetachFromDisposeScope(), StringComparer.Ordinal);
    }

    /// <summary>The averages by parameter name, to be saved or exported. Owned by this object.</summary>
    public IReadOnlyDictionary<string, Tensor> State { get; }

    /// <summary>Takes the parameters as they are now into the average.</summary>
    public void Update()
    {
        using DisposeScope temporaries = NewDisposeScope();
        using IDisposable withoutGraph = no_grad();
        foreach ((string name, Tensor average) in State)
            average.MultiplyInPlace(_decay).AddInPlace(_parameters[name], 1 - _decay);
    }

    /// <summary>Puts the averages in the parameters' place, until what is returned is disposed; in between, <see cref="State"/> holds the parameters, and <see cref="Update"/> must not be called.</summary>
    public IDisposable Apply()
    {
        Exchange();
        return new Applied(this);
    }

    /// <summary>Copies <paramref name="state"/>, as <see cref="State"/> was saved, into the averages.</summary>
    /// <exception cref="ArgumentException">A tensor is missing, not of these parameters, or of another shape; nothing was changed.</exception>
    public void LoadState(IReadOnlyDictionary<string, Tensor> state) => NamedState.CopyInto(State, state, "average");

    /// <summary>Frees the averages.</summary>
    public void Dispose()
    {
        foreach (Tensor average in State.Values)
            average.Dispose();
    }

    private void Exchange()
    {
        using IDisposable withoutGraph = no_grad();
        foreach ((string name, Tensor average) in State)
        {
            using DisposeScope temporaries = NewDisposeScope();
            Tensor values = _parameters[name].clone();
            _parameters[name].copy_(average);
            average.copy_(values);
        }
    }

    private sealed class Applied(ExponentialMovingAverage owner) : IDisposable
    {
        private ExponentialMovingAverage? _owner = owner;

        public void Dispose()
        {
            _owner?.Exchange();
            _owner = null;
        }
    }
}
