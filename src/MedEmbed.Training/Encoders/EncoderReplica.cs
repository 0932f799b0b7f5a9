using MedEmbed.Models;
using static TorchSharp.torch;

namespace MedEmbed.Training.Encoders;

/// <summary>An encoder's computations over one set of parameters.</summary>
/// <remarks>A second replica shares the values of the first one's parameters and has gradients of its own, so that two threads can compute passes side by side; each replica is one thread's at a time.</remarks>
internal sealed class EncoderReplica : IDisposable
{
    private readonly ModelFolder _model;
    private readonly TrainableEncoderOptions _options;
    private readonly int _padId;
    private readonly Device _device;

    /// <summary>Takes over <paramref name="parameters"/>.</summary>
    public EncoderReplica(ModelFolder model, TrainableEncoderOptions options, EncoderParameters parameters, int padId, Device device)
    {
        (_model, _options, Parameters, _padId, _device) = (model, options, parameters, padId, device);
        Layers = new BertForward(model.Config, parameters, options.Precision == ComputePrecision.BF16 ? ScalarType.BFloat16 : ScalarType.Float32);
        Pooling = new VectorPooling(model, parameters);
    }

    public EncoderParameters Parameters { get; }

    public BertForward Layers { get; }

    public VectorPooling Pooling { get; }

    public int LayerCount => _model.Config.Layers;

    /// <summary>Another one over the same values, adapters included.</summary>
    public EncoderReplica Replicate()
    {
        EncoderParameters shared = Parameters.Share();
        var replica = new EncoderReplica(_model, _options, shared, _padId, _device);
        replica.Layers.Adapters = Layers.Adapters?.On(shared);
        return replica;
    }

    /// <summary>A pass over <paramref name="rows"/>, padded to the longest.</summary>
    public IForwardPass Forward(IReadOnlyList<TokenRow> rows, long step, int pass)
    {
        var padded = PaddedRows.Of(rows, _padId, _device);
        Dropout? dropout = _options.Dropout == 0 ? null : new Dropout(_options.Dropout, _options.Seed, step, pass);
        return _options.GradientCheckpointing ? new CheckpointedPass(this, padded, dropout) : new RetainedPass(Compute(padded, dropout));
    }

    /// <summary>Vectors alone, n × dimensions, f32: no gradient, no dropout.</summary>
    public Tensor Encode(IReadOnlyList<TokenRow> rows)
    {
        using var noGradient = no_grad();
        return Compute(PaddedRows.Of(rows, _padId, _device), dropout: null);
    }

    public Tensor Layer(int index, Tensor states, Tensor? attentionBias, Dropout? dropout) =>
        Layers.Layer(index, states, attentionBias, index == LayerCount - 1 && Pooling.NeedsFirstTokenOnly, dropout);

    public void Dispose() => Parameters.Dispose();

    private Tensor Compute(PaddedRows rows, Dropout? dropout)
    {
        using var scope = NewDisposeScope();
        Tensor? bias = Layers.AttentionBias(rows);
        Tensor states = Layers.Embed(rows, dropout);
        for (int layer = 0; layer < LayerCount; layer++)
        {
            Tensor next = Layer(layer, states, bias, dropout);
            states.Dispose();
            states = next;
        }

        return Pooling.Pool(states, rows).MoveToOuterDisposeScope();
    }
}
