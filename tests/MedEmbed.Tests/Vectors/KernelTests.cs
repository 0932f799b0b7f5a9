using System.Runtime.Intrinsics.X86;
using CsCheck;
using MedEmbed.Vectors.Kernels;

namespace MedEmbed.Tests.Vectors;

/// <summary>Every code path against sums in double precision or whole numbers, on shapes that leave rests in every tile.</summary>
public sealed class KernelTests
{
    public static TheoryData<string> FloatPaths => [nameof(Vector512FloatKernel), nameof(Vector256FloatKernel), nameof(PortableFloatKernel)];

    public static TheoryData<string> Int8Paths => [nameof(VnniInt8Kernel), nameof(Avx2Int8Kernel), nameof(PortableInt8Kernel)];

    public static TheoryData<string> HammingPaths => [nameof(Avx2HammingKernel), nameof(PortableHammingKernel)];

    [Theory, MemberData(nameof(FloatPaths))]
    public void DotEqualsTheDoublePrecisionSum(string path) =>
        CheckFloat(path, (kernel, shape, scores) => kernel.Dot(shape.Queries, shape.QueryCount, shape.Rows, shape.RowCount, shape.Dimensions, scores), (a, b) => (double)a * b);

    [Theory, MemberData(nameof(FloatPaths))]
    public void SquaredDistanceEqualsTheDoublePrecisionSum(string path) =>
        CheckFloat(
            path,
            (kernel, shape, scores) => kernel.SquaredEuclidean(shape.Queries, shape.QueryCount, shape.Rows, shape.RowCount, shape.Dimensions, scores),
            (a, b) => ((double)a - b) * ((double)a - b));

    [Theory, MemberData(nameof(FloatPaths))]
    public void AScoreHasTheSameBitsInEveryTile(string path)
    {
        FloatKernel kernel = FloatKernelOf(path);
        FloatShape shape = FloatShape.Random(new Random(7), queries: 11, rows: 13, dimensions: 100);
        float[] together = new float[11 * 13];
        kernel.Dot(shape.Queries, 11, shape.Rows, 13, 100, together);
        for (int query = 0; query < 11; query++)
        {
            for (int row = 0; row < 13; row++)
            {
                float[] alone = new float[1];
                kernel.Dot(shape.Queries.AsSpan(query * 100, 100), 1, shape.Rows.AsSpan(row * 100, 100), 1, 100, alone);
                Assert.Equal(BitConverter.SingleToInt32Bits(alone[0]), BitConverter.SingleToInt32Bits(together[query * 13 + row]));
            }
        }
    }

    [Theory, MemberData(nameof(Int8Paths))]
    public void Int8DotIsExact(string path)
    {
        Int8Kernel kernel = Int8KernelOf(path);
        Gen.Select(Gen.Int[1, 5], Gen.Int[1, 9], Gen.Int[1, 200], Gen.Int).Sample((queryCount, rowCount, dimensions, seed) =>
        {
            sbyte[] queries = Codes(new Random(seed), queryCount * dimensions);
            sbyte[] rows = Codes(new Random(seed + 1), rowCount * dimensions);
            int[] scores = new int[queryCount * rowCount];
            kernel.Dot(queries, queryCount, rows, rowCount, dimensions, scores);
            for (int i = 0; i < scores.Length; i++)
            {
                int expected = Enumerable.Range(0, dimensions).Sum(d => queries[i / rowCount * dimensions + d] * rows[i % rowCount * dimensions + d]);
                Assert.Equal(expected, scores[i]);
            }
        }, iter: 60);
    }

    [Theory, MemberData(nameof(Int8Paths))]
    public void Int8DotDoesNotSaturateAtTheExtremes(string path)
    {
        Int8Kernel kernel = Int8KernelOf(path);
        sbyte[] lowest = Enumerable.Repeat(sbyte.MinValue, Int8Kernel.MaxDimensions).ToArray();
        int[] score = new int[1];
        kernel.Dot(lowest, 1, lowest, 1, lowest.Length, score);
        Assert.Equal(16_384 * Int8Kernel.MaxDimensions, score[0]);
    }

    [Theory, MemberData(nameof(HammingPaths))]
    public void HammingCountsTheBitsThatDiffer(string path)
    {
        HammingKernel kernel = path == nameof(Avx2HammingKernel) ? Supported(Avx2.IsSupported, new Avx2HammingKernel()) : new PortableHammingKernel();
        Gen.Select(Gen.Int[1, 3], Gen.Int[1, 5], Gen.Int[1, 300], Gen.Int).Sample((queryCount, rowCount, bytes, seed) =>
        {
            byte[] queries = new byte[queryCount * bytes], rows = new byte[rowCount * bytes];
            new Random(seed).NextBytes(queries);
            new Random(seed + 1).NextBytes(rows);
            int[] distances = new int[queryCount * rowCount];
            kernel.Distances(queries, queryCount, rows, rowCount, bytes, distances);
            for (int i = 0; i < distances.Length; i++)
            {
                int expected = Enumerable.Range(0, bytes * 8).Count(bit =>
                    (queries[i / rowCount * bytes + bit / 8] >> (bit % 8) & 1) != (rows[i % rowCount * bytes + bit / 8] >> (bit % 8) & 1));
                Assert.Equal(expected, distances[i]);
            }
        }, iter: 50);
    }

    private delegate void FloatCall(FloatKernel kernel, FloatShape shape, float[] scores);

    private static void CheckFloat(string path, FloatCall call, Func<float, float, double> term)
    {
        FloatKernel kernel = FloatKernelOf(path);
        Gen.Select(Gen.Int[1, 9], Gen.Int[1, 11], Gen.Int[1, 130], Gen.Int).Sample((queries, rows, dimensions, seed) =>
        {
            FloatShape shape = FloatShape.Random(new Random(seed), queries, rows, dimensions);
            float[] scores = new float[queries * rows];
            call(kernel, shape, scores);
            for (int i = 0; i < scores.Length; i++)
            {
                double expected = 0, magnitude = 0;
                for (int d = 0; d < dimensions; d++)
                {
                    double value = term(shape.Queries[i / rows * dimensions + d], shape.Rows[i % rows * dimensions + d]);
                    (expected, magnitude) = (expected + value, magnitude + Math.Abs(value));
                }

                Assert.Equal(expected, scores[i], tolerance: 2e-6 * magnitude + 1e-12);
            }
        }, iter: 60);
    }

    private static FloatKernel FloatKernelOf(string path) => path switch
    {
        nameof(Vector512FloatKernel) => new Vector512FloatKernel(),
        nameof(Vector256FloatKernel) => new Vector256FloatKernel(),
        _ => new PortableFloatKernel(),
    };

    private static Int8Kernel Int8KernelOf(string path) => path switch
    {
        nameof(VnniInt8Kernel) => Supported(VnniInt8Kernel.IsSupported, new VnniInt8Kernel()),
        nameof(Avx2Int8Kernel) => Supported(Avx2.IsSupported, new Avx2Int8Kernel()),
        _ => new PortableInt8Kernel(),
    };

    private static T Supported<T>(bool supported, T kernel)
    {
        Assert.SkipUnless(supported, $"This processor has no instructions for {typeof(T).Name}.");
        return kernel;
    }

    private static sbyte[] Codes(Random random, int count) => Array.ConvertAll(new sbyte[count], _ => (sbyte)random.Next(sbyte.MinValue, sbyte.MaxValue + 1));

    private sealed record FloatShape(float[] Queries, int QueryCount, float[] Rows, int RowCount, int Dimensions)
    {
        public static FloatShape Random(Random random, int queries, int rows, int dimensions) =>
            new(Values(random, queries * dimensions), queries, Values(random, rows * dimensions), rows, dimensions);

        private static float[] Values(Random random, int count) => Array.ConvertAll(new float[count], _ => random.NextSingle() * 2 - 1);
    }
}
