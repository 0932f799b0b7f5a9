using MedEmbed.Vectors;

namespace MedEmbed.Retrieval.Flat.Storage;

/// <summary>Bytes a stored vector takes. Padding keeps rows aligned and whole registers wide; zeros change no score.</summary>
internal static class RowLayout
{
    public static int F32Bytes(int dimensions) => RoundUp(dimensions * sizeof(float), 64);

    public static int F32Numbers(int dimensions) => F32Bytes(dimensions) / sizeof(float);

    public static int Int8Bytes(int dimensions) => RoundUp(dimensions, 32);

    public static int BinaryBytes(int dimensions) => RoundUp(BinaryQuantizer.BytesOf(dimensions), 8);

    /// <summary>The next multiple of <paramref name="unit"/>, a power of two.</summary>
    public static long RoundUp(long value, int unit) => (value + unit - 1) & -unit;

    private static int RoundUp(int value, int unit) => (value + unit - 1) & -unit;
}
