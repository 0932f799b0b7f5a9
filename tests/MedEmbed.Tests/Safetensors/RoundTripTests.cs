using CsCheck;
using MedEmbed.Safetensors;

namespace MedEmbed.Tests.Safetensors;

public sealed class RoundTripTests
{
    private static readonly float[] Special = [0, -0f, float.NaN, float.PositiveInfinity, float.NegativeInfinity, float.MaxValue, float.Epsilon, 65504, 65519.99f, 65520];

    private static readonly Gen<float> AnyFloat = Gen.OneOf(
        Gen.UInt.Select(BitConverter.UInt32BitsToSingle),
        Gen.Float[-70000, 70000],
        Gen.Float[-1e-7f, 1e-7f],
        Gen.Int[0, Special.Length - 1].Select(i => Special[i]));

    private static readonly Gen<TensorData[]> Tensors = Gen.Select(Gen.Enum<TensorType>(), Gen.Long[0, 4].Array[0, 3]).SelectMany((type, shape) =>
            AnyFloat.Array[(int)shape.Aggregate(1L, (product, size) => product * size)].Select(values => (type, shape, values)))
        .Array[0, 6]
        .Select(forms => forms.Select((form, i) => new TensorData($"layer.{i}/é", form.type, form.shape, form.values)).ToArray());

    [Fact]
    public void WhatIsWrittenIsReadBackRoundedToItsFormat()
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("model.safetensors");
        Tensors.Sample(
            tensors =>
            {
                SafetensorsWriter.Write(path, tensors);
                using var file = SafetensorsFile.Open(path);
                Assert.Equal(tensors.Length, file.Tensors.Count);
                Assert.Equal("pt", file.Metadata["format"]);
                foreach (TensorData tensor in tensors)
                {
                    Assert.Equal(tensor.Shape, file.Find(tensor.Name).Shape);
                    AssertSame([.. tensor.Values.ToArray().Select(value => Rounded(value, tensor.Type))], file.Read(tensor.Name), tensor);
                }
            },
            iter: 100,
            threads: 1);
    }

    [Fact]
    public void HalfPrecisionRoundsToNearestEvenAsSystemHalfDoesOverAllItsBoundaries()
    {
        // Every half, the midpoint to the next, and the floats beside that midpoint.
        var values = new List<float>();
        for (int bits = 0; bits < 0x7C00; bits++)
        {
            float value = (float)BitConverter.UInt16BitsToHalf((ushort)bits);
            float middle = (value + (bits == 0x7BFF ? 65536f : (float)BitConverter.UInt16BitsToHalf((ushort)(bits + 1)))) / 2;
            values.AddRange([value, -value, middle, -middle, MathF.BitIncrement(middle), MathF.BitDecrement(middle)]);
        }

        AssertRoundTrip([.. values], TensorType.F16);
    }

    [Fact]
    public void BFloat16RoundsToNearestEvenOverAllItsBoundaries()
    {
        var values = new List<float>();
        for (uint bits = 0; bits < 0x7F80; bits += 3)
        {
            uint middle = (bits << 16) | 0x8000;
            values.AddRange([BitConverter.UInt32BitsToSingle(bits << 16), BitConverter.UInt32BitsToSingle(middle), -BitConverter.UInt32BitsToSingle(middle - 1), BitConverter.UInt32BitsToSingle(middle + 1)]);
        }

        AssertRoundTrip([.. values], TensorType.BF16);
    }

    [Fact]
    public void ALongTensorIsWrittenInBlocksWithoutSeams()
    {
        float[] values = new float[(1 << 17) + 3];
        for (int i = 0; i < values.Length; i++)
            values[i] = i % 1021;
        foreach (TensorType type in Enum.GetValues<TensorType>())
            AssertRoundTrip(values, type);
    }

    [Fact]
    public void TheBytesDoNotDependOnTheOrderTensorsAreGivenIn()
    {
        using var folder = new TemporaryFolder();
        TensorData[] tensors = [new("b", TensorType.F32, [2], new float[] { 1, 2 }), new("a", TensorType.F16, [], new float[] { 3 }), new("B", TensorType.BF16, [0, 4], Array.Empty<float>())];
        SafetensorsWriter.Write(folder.File("one"), tensors);
        SafetensorsWriter.Write(folder.File("two"), [.. tensors.Reverse()]);
        Assert.Equal(File.ReadAllBytes(folder.File("one")), File.ReadAllBytes(folder.File("two")));
        Assert.Equal(2, Directory.GetFiles(folder.Path).Length);
    }

    [Fact]
    public void AFailedWriteLeavesTheOldFileAndNothingElse()
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("model.safetensors");
        SafetensorsWriter.Write(path, [new TensorData("a", TensorType.F32, [1], new float[] { 1 })]);
        byte[] before = File.ReadAllBytes(path);
        TensorData twice = new("a", TensorType.F32, [1], new float[] { 2 });
        Assert.Throws<ArgumentException>(() => SafetensorsWriter.Write(path, [twice, twice]));
        Assert.Equal(before, File.ReadAllBytes(path));

        // A folder stands where the file should come to lie.
        Directory.CreateDirectory(folder.File("taken/inside"));
        Assert.ThrowsAny<IOException>(() => SafetensorsWriter.Write(folder.File("taken"), [twice]));
        Assert.Single(Directory.GetFiles(folder.Path));
    }

    [Theory]
    [InlineData("__metadata__", new long[] { 1 })]
    [InlineData("a", new long[] { 2 })]
    [InlineData("a", new long[] { -1, -1 })]
    [InlineData("", new long[] { 1 })]
    public void ATensorThatNoFileCanHoldIsRefused(string name, long[] shape) =>
        Assert.ThrowsAny<ArgumentException>(() => new TensorData(name, TensorType.F32, shape, new float[] { 1 }));

    private static void AssertRoundTrip(float[] values, TensorType type)
    {
        using var folder = new TemporaryFolder();
        var tensor = new TensorData("t", type, [values.Length], values);
        SafetensorsWriter.Write(folder.File("f"), [tensor]);
        using var file = SafetensorsFile.Open(folder.File("f"));
        AssertSame([.. values.Select(value => Rounded(value, type))], file.Read("t"), tensor);
    }

    private static float Rounded(float value, TensorType type) => type switch
    {
        TensorType.F16 => (float)(Half)value,
        TensorType.BF16 => RoundedToBFloat16(value),
        _ => value,
    };

    /// <summary>By comparing distances to the two neighbours, not by adding bits.</summary>
    private static float RoundedToBFloat16(float value)
    {
        if (!float.IsFinite(value))
            return value;
        uint lowBits = BitConverter.SingleToUInt32Bits(value) & 0xFFFF_0000;
        double low = BitConverter.UInt32BitsToSingle(lowBits);
        float high = BitConverter.UInt32BitsToSingle(lowBits + 0x1_0000);

        // Beyond the largest finite number the next step would be 2^128.
        double highDistance = Math.Abs((float.IsFinite(high) ? high : Math.CopySign(Math.Pow(2, 128), value)) - value);
        double lowDistance = Math.Abs(value - low);
        bool lowIsEven = (lowBits & 0x1_0000) == 0;
        return lowDistance < highDistance || (lowDistance == highDistance && lowIsEven) ? (float)low : high;
    }

    private static void AssertSame(float[] expected, float[] actual, TensorData tensor)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            bool same = float.IsNaN(expected[i]) ? float.IsNaN(actual[i]) : BitConverter.SingleToInt32Bits(expected[i]) == BitConverter.SingleToInt32Bits(actual[i]);
            if (!same)
                Assert.Fail($"{tensor.Type} number {i}: {tensor.Values.Span[i]:R} came back as {actual[i]:R}, not {expected[i]:R}.");
        }
    }
}
