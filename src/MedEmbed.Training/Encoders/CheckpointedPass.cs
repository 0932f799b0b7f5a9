using static TorchSharp.torch;

namespace MedEmbed.Training.Encoders;

/// <summary>A pass that keeps each layer's input alone, and computes a layer again when its gradient is due (Chen et al. 2016, arXiv 1604.06174).</summary>
internal sealed class CheckpointedPass : IForwardPass
{
    private readonly EncoderReplica _replica;
    private readonly PaddedRows _rows;
    private readonly Dropout? _dropout;
    private readonly Tensor? _attentionBias;
    private readonly Tensor[] _states;

    public CheckpointedPass(EncoderReplica replica, PaddedRows rows, Dropout? dropout)
    {
        (_replica, _rows, _dropout, _attentionBias) = (replica, rows, dropout, replica.Layers.AttentionBias(rows));
        using var noGradient = no_grad();
        _states = new Tensor[replica.LayerCount + 1];
        _states[0] = replica.Layers.Embed(rows, dropout);
        for (int layer = 0; layer < replica.LayerCount; layer++)
            _states[layer + 1] = replica.Layer(layer, _states[layer], _attentionBias, dropout);
        Vectors = replica.Pooling.Pool(_states[^1], rows);
    }

    public Tensor Vectors { get; }

    public void Backward(Tensor gradient)
    {
        Tensor due = GradientAt(_states.Length - 1, gradient, states => _replica.Pooling.Pool(states, _rows));
        for (int layer = _replica.LayerCount - 1; layer >= 0; layer--)
            due = GradientAt(layer, due, states => _replica.Layer(layer, states, _attentionBias, _dropout));
        using Tensor embedded = _replica.Layers.Embed(_rows, _dropout);
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
