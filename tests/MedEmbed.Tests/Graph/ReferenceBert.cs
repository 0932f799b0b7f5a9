using MedEmbed.Tests.Models;

namespace MedEmbed.Tests.Graph;

/// <summary>A BERT and sentence-transformers' steps behind it in double precision, from the papers' formulas, one text at a time, nothing fused.</summary>
internal sealed class ReferenceBert(RandomModel model, IReadOnlyDictionary<string, float[]> weights)
{
    /// <summary>The vector of a text.</summary>
    /// <param name="ids">Its tokens, special tokens and prompt included.</param>
    /// <param name="leftOut">Tokens at the start that take no part in pooling.</param>
    public double[] Encode(IReadOnlyList<int> ids, int leftOut)
    {
        double[][] states = LastHiddenState(ids);
        double[] vector = [.. model.Pooling.SelectMany(mode => Pool(mode, states, leftOut))];
        if (model.DenseOutputs is { } outputs)
        {
            float[] bias = model.DenseBias ? weights["dense.linear.bias"] : new float[outputs];
            vector = [.. Linear(vector, weights["dense.linear.weight"], bias).Select(value => Apply(model.DenseActivation, value))];
        }

        if (!model.Normalize)
            return vector;
        double length = Math.Max(Math.Sqrt(vector.Sum(value => value * value)), 1e-12);
        return [.. vector.Select(value => value / length)];
    }

    private double[][] LastHiddenState(IReadOnlyList<int> ids)
    {
        double[][] states = [.. ids.Select((id, position) => LayerNorm("embeddings.LayerNorm", Sum(
            Row("embeddings.word_embeddings.weight", id),
            Row("embeddings.position_embeddings.weight", position),
            Row("embeddings.token_type_embeddings.weight", 0))))];
        for (int layer = 0; layer < model.Layers; layer++)
            states = Layer($"encoder.layer.{layer}", states);
        return states;
    }

    private double[][] Layer(string name, double[][] states)
    {
        double[][] context = Attention($"{name}.attention.self", states);
        double[][] attended = [.. states.Select((state, i) => LayerNorm($"{name}.attention.output.LayerNorm", Sum(state, Linear($"{name}.attention.output.dense", context[i]))))];
        return [.. attended.Select(state =>
        {
            double[] inner = [.. Linear($"{name}.intermediate.dense", state).Select(value => Apply(model.Activation, value))];
            return LayerNorm($"{name}.output.LayerNorm", Sum(state, Linear($"{name}.output.dense", inner)));
        })];
    }

    private double[][] Attention(string name, double[][] states)
    {
        double[][] queries = [.. states.Select(state => Linear($"{name}.query", state))];
        double[][] keys = [.. states.Select(state => Linear($"{name}.key", state))];
        double[][] values = [.. states.Select(state => Linear($"{name}.value", state))];
        int size = model.Hidden / model.Heads;
        double[][] context = [.. states.Select(_ => new double[model.Hidden])];
        for (int head = 0; head < model.Heads; head++)
        {
            int start = head * size;
            for (int query = 0; query < states.Length; query++)
            {
                double[] exponentials = [.. keys.Select(key => Math.Exp(Enumerable.Range(start, size).Sum(i => queries[query][i] * key[i]) / Math.Sqrt(size)))];
                double total = exponentials.Sum();
                for (int i = start; i < start + size; i++)
                    context[query][i] = Enumerable.Range(0, states.Length).Sum(token => exponentials[token] / total * values[token][i]);
            }
        }

        return context;
    }

    private static double[] Pool(string mode, double[][] states, int leftOut)
    {
        (double[] State, int Position)[] taken = [.. states.Select((state, i) => (state, i + 1)).Skip(leftOut)];
        double[] Each(Func<IEnumerable<(double Value, int Position)>, double> of) =>
            [.. Enumerable.Range(0, states[0].Length).Select(i => of(taken.Select(token => (token.State[i], token.Position))))];
        return mode switch
        {
            "cls" => taken[0].State,
            "lasttoken" => taken[^1].State,
            "max" => Each(column => column.Max(token => token.Value)),
            "mean" => Each(column => column.Average(token => token.Value)),
            "mean_sqrt_len_tokens" => Each(column => column.Sum(token => token.Value) / Math.Sqrt(taken.Length)),
            "weightedmean" => Each(column => column.Sum(token => token.Value * token.Position) / taken.Sum(token => (double)token.Position)),
            _ => throw new ArgumentException(mode, nameof(mode)),
        };
    }

    private static double Apply(string activation, double x) => activation switch
    {
        "gelu" or "GELU" => x * (1 + Erf(x / Math.Sqrt(2))) / 2,
        "gelu_new" => x * (1 + Math.Tanh(Math.Sqrt(2 / Math.PI) * (x + (0.044715 * x * x * x)))) / 2,
        "relu" or "ReLU" => Math.Max(x, 0),
        "Tanh" => Math.Tanh(x),
        "Sigmoid" => 1 / (1 + Math.Exp(-x)),
        "Identity" => x,
        _ => throw new ArgumentException(activation, nameof(activation)),
    };

    /// <summary>By its Maclaurin series near 0, where its terms do not cancel, and beyond by the continued fraction of its complement (DLMF 7.6.1, 7.9.1).</summary>
    private static double Erf(double x)
    {
        if (Math.Abs(x) > 2)
        {
            double fraction = Math.Abs(x);
            for (int n = 100; n > 0; n--)
                fraction = Math.Abs(x) + (n / 2.0 / fraction);
            return Math.Sign(x) * (1 - (Math.Exp(-x * x) / Math.Sqrt(Math.PI) / fraction));
        }

        double term = x, sum = x;
        for (int n = 1; n < 60; n++)
        {
            term *= -x * x / n;
            sum += term / ((2 * n) + 1);
        }

        return 2 / Math.Sqrt(Math.PI) * sum;
    }

    private double[] Linear(string name, double[] input) => Linear(input, weights[$"{name}.weight"], weights[$"{name}.bias"]);

    private static double[] Linear(double[] input, float[] weight, float[] bias) =>
        [.. bias.Select((offset, output) => offset + input.Select((value, i) => value * weight[(output * input.Length) + i]).Sum())];

    private double[] LayerNorm(string name, double[] input)
    {
        double mean = input.Average();
        double deviation = Math.Sqrt(input.Average(value => (value - mean) * (value - mean)) + 1e-12);
        return [.. input.Select((value, i) => ((value - mean) / deviation * weights[$"{name}.weight"][i]) + weights[$"{name}.bias"][i])];
    }

    private double[] Row(string table, int row) => [.. weights[table].AsSpan(row * model.Hidden, model.Hidden).ToArray().Select(value => (double)value)];

    private static double[] Sum(params double[][] vectors) => [.. Enumerable.Range(0, vectors[0].Length).Select(i => vectors.Sum(vector => vector[i]))];
}
