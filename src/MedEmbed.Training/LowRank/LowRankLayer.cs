using System.Numerics.Tensors;

namespace MedEmbed.Training.LowRank;

/// <summary>The addition to one linear layer: scale · B · A.</summary>
/// <param name="Rank">Rows of A and columns of B.</param>
/// <param name="Inputs">Numbers the layer takes.</param>
/// <param name="Outputs">Numbers the layer gives.</param>
/// <param name="Scale">How often the product counts.</param>
/// <param name="A">rank × inputs, row-major.</param>
/// <param name="B">outputs × rank, row-major.</param>
public sealed record LowRankLayer(int Rank, int Inputs, int Outputs, double Scale, ReadOnlyMemory<float> A, ReadOnlyMemory<float> B)
{
    /// <summary>Adds scale · B · A to <paramref name="weight"/>, computed in f64 and rounded once.</summary>
    /// <param name="weight">The layer's weight, outputs × inputs, row-major.</param>
    /// <exception cref="ArgumentException"><paramref name="weight"/> has another length.</exception>
    public void AddTo(Span<float> weight)
    {
        if (weight.Length != (long)Inputs * Outputs)
            throw new ArgumentException($"The layer's weight has {weight.Length} numbers; the adapter is for {Outputs} × {Inputs}.", nameof(weight));
        double[] a = new double[A.Length], row = new double[Inputs];
        TensorPrimitives.ConvertTruncating<float, double>(A.Span, a);
        ReadOnlySpan<float> b = B.Span;
        for (int output = 0; output < Outputs; output++)
        {
            Span<float> target = weight.Slice(output * Inputs, Inputs);
            TensorPrimitives.ConvertTruncating<float, double>(target, row);
            for (int k = 0; k < Rank; k++)
                TensorPrimitives.MultiplyAdd(a.AsSpan(k * Inputs, Inputs), b[(output * Rank) + k] * Scale, row, row);
            TensorPrimitives.ConvertTruncating<double, float>(row, target);
        }
    }
}
