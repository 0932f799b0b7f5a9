using System.Numerics.Tensors;

namespace MedEmbed.Vectors;

/// <summary>Vectors as one byte a dimension, each dimension with its own range.</summary>
/// <remarks>
/// <para>code = round((x − minimum) / step) − 128 with step = (maximum − minimum) / 255, clamped to −128…127; back: x ≈ minimum + (code + 128) · step.
/// These are the ranges of sentence-transformers' <c>quantize_embeddings</c> (precision <c>int8</c>), which cuts towards zero where this rounds to nearest;
/// codes differ by at most 1 and the error is halved: at most step / 2 inside the range.</para>
/// <para>Immutable and thread-safe.</para>
/// </remarks>
public sealed class Int8Quantizer
{
    private readonly float[] _minimum;
    private readonly float[] _step;

    /// <summary>A quantiser with a known range for each dimension.</summary>
    /// <param name="minimum">Smallest value of each dimension, finite.</param>
    /// <param name="step">Difference between neighbouring codes of each dimension, finite and at least 0 (0: the dimension is constant).</param>
    /// <exception cref="ArgumentException">Lengths differ or are 0, or a number is out of range.</exception>
    public Int8Quantizer(ReadOnlySpan<float> minimum, ReadOnlySpan<float> step)
    {
        if (minimum.Length != step.Length || minimum.IsEmpty)
            throw new ArgumentException($"{minimum.Length} minima and {step.Length} steps; each dimension needs one of both.");
        for (int i = 0; i < step.Length; i++)
        {
            if (!float.IsFinite(minimum[i]) || !float.IsFinite(step[i]) || step[i] < 0)
                throw new ArgumentException($"Dimension {i} has a minimum or a step that is not finite, or a step below 0.");
        }

        _minimum = minimum.ToArray();
        _step = step.ToArray();
    }

    /// <summary>Numbers a vector has.</summary>
    public int Dimensions => _minimum.Length;

    /// <summary>Smallest value of each dimension.</summary>
    public ReadOnlySpan<float> Minimum => _minimum;

    /// <summary>Difference between neighbouring codes of each dimension.</summary>
    public ReadOnlySpan<float> Step => _step;

    /// <summary>The quantiser whose ranges run from <paramref name="minimum"/> to <paramref name="maximum"/>.</summary>
    /// <exception cref="ArgumentException">Lengths differ or are 0, or a number is not finite or a maximum below its minimum.</exception>
    public static Int8Quantizer OfRanges(ReadOnlySpan<float> minimum, ReadOnlySpan<float> maximum)
    {
        float[] step = new float[maximum.Length];
        for (int i = 0; i < step.Length && i < minimum.Length; i++)
            step[i] = (float)(((double)maximum[i] - minimum[i]) / 255);
        return new Int8Quantizer(minimum, step);
    }

    /// <summary>Calibrates on a sample: each dimension's range holds the sample's values, or all but a share of outliers at both ends.</summary>
    /// <param name="sample">Rows × <paramref name="dimensions"/>, row-major, at least one row, finite.</param>
    /// <param name="dimensions">Numbers a row has.</param>
    /// <param name="outliers">Share of values, below 0.5, left outside at each end and clamped; 0 takes the smallest and the largest.</param>
    public static Int8Quantizer Calibrate(ReadOnlySpan<float> sample, int dimensions, double outliers = 0)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dimensions, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(outliers);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(outliers, 0.5);
        if (sample.IsEmpty || sample.Length % dimensions != 0)
            throw new ArgumentException($"{sample.Length} values are not one or more rows of {dimensions}.", nameof(sample));
        return outliers == 0 ? OfExtremes(sample, dimensions) : OfQuantiles(sample, dimensions, outliers);
    }

    /// <summary>Codes of one vector.</summary>
    public void Quantize(ReadOnlySpan<float> vector, Span<sbyte> codes)
    {
        RequireDimensions(vector.Length, codes.Length);
        for (int i = 0; i < vector.Length; i++)
        {
            float code = _step[i] == 0 ? 0 : MathF.Round((vector[i] - _minimum[i]) / _step[i]);
            codes[i] = (sbyte)(Math.Clamp(code, 0, 255) - 128);
        }
    }

    /// <summary>The values that codes stand for.</summary>
    public void Dequantize(ReadOnlySpan<sbyte> codes, Span<float> vector)
    {
        RequireDimensions(vector.Length, codes.Length);
        for (int i = 0; i < vector.Length; i++)
            vector[i] = MathF.FusedMultiplyAdd(codes[i] + 128, _step[i], _minimum[i]);
    }

    private static Int8Quantizer OfExtremes(ReadOnlySpan<float> sample, int dimensions)
    {
        float[] low = sample[..dimensions].ToArray();
        float[] high = sample[..dimensions].ToArray();
        for (int start = dimensions; start < sample.Length; start += dimensions)
        {
            ReadOnlySpan<float> row = sample.Slice(start, dimensions);
            TensorPrimitives.Min(low, row, low);
            TensorPrimitives.Max(high, row, high);
        }

        return OfRanges(low, high);
    }

    private static Int8Quantizer OfQuantiles(ReadOnlySpan<float> sample, int dimensions, double outliers)
    {
        int rows = sample.Length / dimensions;
        int left = (int)(rows * outliers);
        float[] low = new float[dimensions], high = new float[dimensions], values = new float[rows];
        for (int i = 0; i < dimensions; i++)
        {
            for (int row = 0; row < rows; row++)
                values[row] = sample[row * dimensions + i];
            Array.Sort(values);
            (low[i], high[i]) = (values[left], values[rows - 1 - left]);
        }

        return OfRanges(low, high);
    }

    private void RequireDimensions(int values, int codes)
    {
        if (values != Dimensions || codes != Dimensions)
            throw new ArgumentException($"{values} values and {codes} codes; this quantiser has {Dimensions} dimensions.");
    }
}
