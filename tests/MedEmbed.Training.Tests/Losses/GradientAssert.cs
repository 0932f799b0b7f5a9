using System.Numerics.Tensors;
using MedEmbed.Training.Encoders;
using Tensor = TorchSharp.torch.Tensor;

namespace MedEmbed.Training.Tests.Losses;

/// <summary>Compares the gradients of all parameters with PyTorch's.</summary>
internal static class GradientAssert
{
    /// <summary>A tensor whose norm is below this part of the whole gradient's norm is measured against that part: key biases have gradients of rounding noise.</summary>
    private const double LeastShare = 1e-3;

    /// <summary>Below this part of the whole gradient's norm, eight units of f32's rounding, both sides are the rounding of a gradient that is zero in exact arithmetic. One such tensor is
    /// the last layer norm's bias under the Euclidean triplet loss with mean pooling: it moves all vectors alike. PyTorch's own value there is 1.9e-4 off zero by the measure above,
    /// and this code's changes with the number of threads.</summary>
    private const double RoundingShare = 1e-6;

    public static void Close(IReadOnlyDictionary<string, float[]> expected, IReadOnlyDictionary<string, Tensor> parameters, double relative)
    {
        Assert.Equal(expected.Keys.Order(StringComparer.Ordinal), parameters.Keys.Order(StringComparer.Ordinal));
        double whole = Math.Sqrt(expected.Values.Sum(values => Math.Pow(TensorPrimitives.Norm<float>(values), 2)));
        (double Error, string Text) worst = (0, "");
        foreach ((string name, float[] golden) in expected)
        {
            float[] actual = parameters[name].grad is { } gradient ? EncoderParameters.ValuesOf(gradient) : new float[golden.Length];
            Assert.Equal(golden.Length, actual.Length);
            if (TensorPrimitives.Norm<float>(golden) <= RoundingShare * whole && TensorPrimitives.Norm<float>(actual) <= RoundingShare * whole)
                continue;
            double error = TensorPrimitives.Distance<float>(golden, actual) / Math.Max(TensorPrimitives.Norm<float>(golden), LeastShare * whole);
            if (double.IsNaN(error) || error > worst.Error)
                worst = (double.IsNaN(error) ? double.PositiveInfinity : error, $"{name}, {WorstElement(golden, actual)}");
        }

        Assert.True(worst.Error <= relative, $"The worst gradient is off by {worst.Error:E2} of its norm, more than {relative:E0}: {worst.Text}.");
    }

    public static string WorstElement(float[] expected, float[] actual)
    {
        int index = Enumerable.Range(0, expected.Length).MaxBy(i => float.IsNaN(actual[i]) ? float.PositiveInfinity : Math.Abs(expected[i] - actual[i]));
        return FormattableString.Invariant($"element {index} is {actual[index]:G9}, not {expected[index]:G9}");
    }
}
