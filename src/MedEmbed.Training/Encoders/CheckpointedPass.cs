using static TorchSharp.torch;

namespace MedEmbed.Training.Encoders;

/// <summary>A pass that keeps each layer's input alone, and computes a layer again when its gradient is due (Chen et al. 2016, arXiv 1604.06174).</summary>
internal sealed class CheckpointedPass : IForwardPass
{
    private readonly TrainableEncoder _encoder;
    private readonly PaddedRows _rows;
    private readonly Dropout? _dropout;
    private readonly Tensor? _attentionBias;
    private readonly Tensor[] _states;

    public CheckpointedPass(TrainableEncoder encoder, PaddedRows rows, Dropout? dropout)
    {
        (_encoder, _rows, _dropout, _attentionBias) = (encoder, rows, dropout, encoder.Layers.AttentionBias(rows));
        using var noGradient = no_grad();
        _states = new Tensor[encoder.LayerCount + 1];
        _states[0] = encoder.Layers.Embed(rows, dropout);
        for (int layer = 0; layer < encoder.LayerCount; layer++)
            _states[layer + 1] = encoder.Layer(layer, _states[layer], _attentionBias, dropout);
        Vectors = encoder.Pooling.Pool(_states[^1], rows);
    }

    public Tensor Vectors { get; }

    public void Backward(Tensor gradient)
    {
        Tensor due = GradientAt(_states.Length - 1, gradient, states => _encoder.Pooling.Pool(states, _rows));
        for (int layer = _encoder.LayerCount - 1; layer >= 0; layer--)
            due = GradientAt(layer, due, states => _encoder.Layer(layer, states, _attentionBias, _dropout));
        using Tensor embedded = _encoder.Layers.Embed(_rows, _dropout);
        if (embedded.requires_grad)
            embedded.backward([due]);
    }

    private Tensor GradientAt(int index, Tensor due, Func<Tensor, Tensor> compute)
    {
        using var scope = NewDisposeScope();
        Tensor input = _states[index].detach().requires_grad_();
        compute(input).backward([due]);
        _states[index].Dispose();
        return input.grad!.MoveToOuterDisposeScope();
    }
}
