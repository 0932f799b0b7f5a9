using MedEmbed.Models;
using MedEmbed.Training.Libtorch;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace MedEmbed.Training.Encoders;

/// <summary>The steps after the transformer, in f32: pooling, Dense and normalisation, as sentence-transformers defines them.</summary>
internal sealed class VectorPooling(ModelFolder model, EncoderParameters parameters)
{
    /// <summary>Whether the last layer need compute nothing but first tokens.</summary>
    public bool NeedsFirstTokenOnly => model.Pooling.Modes is [PoolingMode.Cls] && model.Pooling.IncludePrompt;

    /// <summary>One vector a text, n × dimensions, of token states n × L × hidden.</summary>
    public Tensor Pool(Tensor states, PaddedRows rows)
    {
        using var scope = NewDisposeScope();
        Tensor tokens = states.to(ScalarType.Float32);
        Tensor[] pooled = [.. model.Pooling.Modes.Select(mode => Pool(mode, tokens, rows))];
        Tensor vector = pooled is [var single] ? single : cat(pooled, 1);
        for (int i = 1; i < model.Modules.Count; i++)
        {
            vector = model.Modules[i] switch
            {
                DenseModule dense => Dense(vector, i, dense),
                _ => normalize(vector),
            };
        }

        return vector.MoveToOuterDisposeScope();
    }

    private static Tensor Pool(PoolingMode mode, Tensor tokens, PaddedRows rows)
    {
        if (mode == PoolingMode.Cls && rows.Pooled is null)
            return tokens.select(1, 0);
        Tensor mask = (rows.Pooled ?? ones([rows.Rows, rows.Length], ScalarType.Bool, tokens.device)).to(ScalarType.Float32);
        Tensor weights = mode is PoolingMode.WeightedMean or PoolingMode.LastToken or PoolingMode.Cls
            ? mask * TensorArithmetic.Range(1, rows.Length + 1, ScalarType.Float32, tokens.device)
            : mask;
        return mode switch
        {
            PoolingMode.Cls => OneToken(tokens, mask.argmax(1)),
            PoolingMode.LastToken => OneToken(tokens, weights.argmax(1)),
            PoolingMode.Max => tokens.Masked(mask.unsqueeze(2).logical_not(), -1e9).amax([1]),
            PoolingMode.MeanSqrtLength => Sum(tokens, mask) / Count(mask).sqrt(),
            _ => Sum(tokens, weights) / Count(weights),
        };
    }

    private static Tensor OneToken(Tensor tokens, Tensor positions) =>
        tokens.gather(1, positions.view(-1, 1, 1).expand(-1, 1, tokens.shape[2])).squeeze(1);

    private static Tensor Sum(Tensor tokens, Tensor weights) => weights.unsqueeze(1).matmul(tokens).squeeze(1);

    private static Tensor Count(Tensor weights) => weights.sum(1, keepdim: true).AtLeast(1e-9);

    private Tensor Dense(Tensor vector, int module, DenseModule dense)
    {
        Tensor result = linear(vector, parameters[EncoderParameters.DenseName(module, "weight")], dense.HasBias ? parameters[EncoderParameters.DenseName(module, "bias")] : null);
        return dense.Activation.Apply(result);
    }
}
