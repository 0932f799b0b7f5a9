using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using MedEmbed.Encoding;
using MedEmbed.Vectors;

namespace MedEmbed.Benchmarks.FlatSearch;

/// <summary>Rows and queries of unit length, so that both sides compute inner products.</summary>
internal sealed partial record VectorSet(EmbeddingMatrix Rows, EmbeddingMatrix Queries, string Description)
{
    public static VectorSet Load(BenchmarkOptions options)
    {
        (EmbeddingMatrix all, string description) = options.Vectors is null
            ? (Clustered(options.Rows + options.Queries, options.Dimensions), "seeded, 1,000 Gaussian clusters")
            : (ReadNpy(options.Vectors), Path.GetFileName(options.Vectors));
        int rows = all.Rows - options.Queries;
        if (rows < 1)
            throw new FormatException($"{all.Rows} vectors are too few for {options.Queries} queries.");
        for (int row = 0; row < all.Rows; row++)
            VectorMath.Normalize(all[row]);
        float[] values = all.Values.ToArray();
        return new VectorSet(
            new EmbeddingMatrix(rows, all.Dimensions, values[..(rows * all.Dimensions)]),
            new EmbeddingMatrix(options.Queries, all.Dimensions, values[(rows * all.Dimensions)..]),
            description);
    }

    public static void WriteRaw(EmbeddingMatrix matrix, string file)
    {
        using FileStream stream = File.Create(file);
        for (int row = 0; row < matrix.Rows; row++)
            stream.Write(MemoryMarshal.AsBytes(matrix[row]));
    }

    private static EmbeddingMatrix Clustered(int rows, int dimensions)
    {
        Random random = new(20_240_601);
        EmbeddingMatrix centres = new(1000, dimensions), matrix = new(rows, dimensions);
        foreach (ref float value in centres.Values.Span)
            value = Gaussian(random);
        for (int row = 0; row < rows; row++)
        {
            ReadOnlySpan<float> centre = centres[random.Next(centres.Rows)];
            for (int i = 0; i < dimensions; i++)
                matrix[row][i] = centre[i] + 0.6f * Gaussian(random);
        }

        return matrix;
    }

    private static EmbeddingMatrix ReadNpy(string file)
    {
        byte[] bytes = File.ReadAllBytes(file);
        int length = bytes[6] == 1 ? BitConverter.ToUInt16(bytes, 8) : BitConverter.ToInt32(bytes, 8);
        int start = bytes[6] == 1 ? 10 : 12;
        Match header = NpyHeader().Match(System.Text.Encoding.ASCII.GetString(bytes, start, length));
        if (!header.Success)
            throw new FormatException($"{file}: not a C-ordered two-dimensional array of little-endian f32.");
        int rows = int.Parse(header.Groups[1].ValueSpan, System.Globalization.CultureInfo.InvariantCulture);
        int dimensions = int.Parse(header.Groups[2].ValueSpan, System.Globalization.CultureInfo.InvariantCulture);
        return new EmbeddingMatrix(rows, dimensions, MemoryMarshal.Cast<byte, float>(bytes.AsSpan(start + length)).ToArray());
    }

    private static float Gaussian(Random random) => (float)(Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()));

    [GeneratedRegex(@"'descr': '<f4', 'fortran_order': False, 'shape': \((\d+), (\d+)\)")]
    private static partial Regex NpyHeader();
}
