using MedEmbed.Models;
using MedEmbed.Training.Libtorch;
using MedEmbed.Training.LowRank;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace MedEmbed.Training.Encoders;

/// <summary>BERT's layers as operations on tensors (Devlin et al. 2018, arXiv 1810.04805; post-layer-norm, learned absolute positions).</summary>
/// <remarks>Attention is written out: on CPUs the backward pass of libtorch's fused one is the slower of the two. Parameters are rounded to the computing
/// type where they are used, so that gradients arrive at the f32 parameters as f32, whatever is computed in between.</remarks>
internal sealed class BertForward(BertConfig config, EncoderParameters parameters, ScalarType compute)
{
    private readonly long _headSize = config.HiddenSize / config.Heads;

    /// <summary>Low-rank additions to linear layers, by the layer's name; null where there are none.</summary>
    public LowRankAdapters? Adapters { get; set; }

    /// <summary>Token, position and type vectors, normalised: n × L × hidden.</summary>
    public Tensor Embed(PaddedRows rows, Dropout? dropout)
    {
        using var scope = NewDisposeScope();
        Tensor words = parameters[BertTensorNames.WordEmbeddings].index_select(0, rows.Ids.view(-1)).view(rows.Rows, rows.Length, config.HiddenSize);
        Tensor positions = parameters["embeddings.position_embeddings.weight"].narrow(0, 0, rows.Length);
        Tensor type = parameters["embeddings.token_type_embeddings.weight"].select(0, 0);
        Tensor sum = words.Plus(positions.Plus(type));
        Tensor normalized = layer_norm(sum, [config.HiddenSize], parameters["embeddings.LayerNorm.weight"], parameters["embeddings.LayerNorm.bias"], config.LayerNormEpsilon);
        Tensor result = Drop(normalized.to(compute), dropout, layer: -1, DropoutPlace.Embeddings);
        return result.MoveToOuterDisposeScope();
    }

    /// <summary>What is added to attention scores: 0 at tokens and the computing type's lowest number at padding, n × 1 × 1 × L; null where nothing is padded.</summary>
    public Tensor? AttentionBias(PaddedRows rows)
    {
        if (rows.Attended is null)
            return null;
        using var scope = NewDisposeScope();
        double lowest = compute == ScalarType.BFloat16 ? -3.3895e38 : float.MinValue;
        return zeros([rows.Rows, 1, 1, rows.Length], compute, rows.Ids.device)
            .MaskInPlace(rows.Attended.logical_not().view(rows.Rows, 1, 1, rows.Length), lowest)
            .MoveToOuterDisposeScope();
    }

    /// <summary>Layer <paramref name="index"/> over <paramref name="hidden"/> (n × L × hidden); n × 1 × hidden where only first tokens are asked for.</summary>
    public Tensor Layer(int index, Tensor hidden, Tensor? attentionBias, bool firstTokenOnly, Dropout? dropout)
    {
        using var scope = NewDisposeScope();
        string name = FormattableString.Invariant($"encoder.layer.{index}.");
        Tensor taken = firstTokenOnly ? hidden.narrow(1, 0, 1) : hidden;
        Tensor context = Attend(index, name, taken, hidden, attentionBias, dropout);
        Tensor attended = Drop(Linear(context, $"{name}attention.output.dense"), dropout, index, DropoutPlace.AttentionOutput);
        Tensor middle = Normalize(taken.Plus(attended), $"{name}attention.output.LayerNorm");
        Tensor inner = config.Activation.Apply(Linear(middle, $"{name}intermediate.dense"));
        Tensor output = Drop(Linear(inner, $"{name}output.dense"), dropout, index, DropoutPlace.Output);
        return Normalize(middle.Plus(output), $"{name}output.LayerNorm").MoveToOuterDisposeScope();
    }

    private Tensor Attend(int index, string name, Tensor taken, Tensor hidden, Tensor? attentionBias, Dropout? dropout)
    {
        using var scope = NewDisposeScope();
        Tensor query = Heads(Linear(taken, $"{name}attention.self.query")).Times(1 / Math.Sqrt(_headSize));
        Tensor key = Heads(Linear(hidden, $"{name}attention.self.key"));
        Tensor value = Heads(Linear(hidden, $"{name}attention.self.value"));
        Tensor scores = query.matmul(key.transpose(-2, -1));
        if (attentionBias is not null)
            scores.AddInPlace(attentionBias);
        Tensor weights = Drop(softmax(scores, -1), dropout, index, DropoutPlace.AttentionWeights);
        Tensor context = weights.matmul(value).transpose(1, 2).reshape(taken.shape[0], taken.shape[1], config.HiddenSize);
        return context.MoveToOuterDisposeScope();
    }

    /// <summary>n × L × hidden as n × heads × L × head size.</summary>
    private Tensor Heads(Tensor states) => states.view(states.shape[0], states.shape[1], config.Heads, _headSize).transpose(1, 2);

    private Tensor Linear(Tensor input, string name)
    {
        Tensor output = linear(input, Rounded($"{name}.weight"), Rounded($"{name}.bias"));
        return Adapters?.TryAdd(name, input, output) ?? output;
    }

    private Tensor Normalize(Tensor states, string name) =>
        layer_norm(states, [config.HiddenSize], Rounded($"{name}.weight"), Rounded($"{name}.bias"), config.LayerNormEpsilon);

    private Tensor Rounded(string name) => parameters[name].to(compute);

    private static Tensor Drop(Tensor states, Dropout? dropout, int layer, DropoutPlace place) => dropout?.Apply(states, layer, place) ?? states;
}
