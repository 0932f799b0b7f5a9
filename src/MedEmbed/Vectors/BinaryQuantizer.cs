namespace MedEmbed.Vectors;

/// <summary>Vectors as one bit a dimension: 1 where the number is above 0.</summary>
/// <remarks>
/// Packed eight to a byte, the first dimension in the highest bit, the last byte filled with zeros: as <c>numpy.packbits(embeddings &gt; 0)</c>,
/// which is the <c>ubinary</c> form of sentence-transformers' <c>quantize_embeddings</c>. Thread-safe.
/// </remarks>
public static class BinaryQuantizer
{
    /// <summary>Bytes that a vector of <paramref name="dimensions"/> numbers packs into.</summary>
    public static int BytesOf(int dimensions) => (dimensions + 7) / 8;

    /// <summary>Packs the signs of <paramref name="vector"/> into the first <see cref="BytesOf"/> bytes of <paramref name="packed"/>.</summary>
    /// <exception cref="ArgumentException"><paramref name="packed"/> is too short.</exception>
    public static void Quantize(ReadOnlySpan<float> vector, Span<byte> packed)
    {
        int bytes = BytesOf(vector.Length);
        if (packed.Length < bytes)
            throw new ArgumentException($"{vector.Length} dimensions pack into {bytes} bytes; the target has {packed.Length}.", nameof(packed));
        packed[..bytes].Clear();
        for (int i = 0; i < vector.Length; i++)
        {
            if (vector[i] > 0)
                packed[i >> 3] |= (byte)(0x80 >> (i & 7));
        }
    }

    /// <summary>An estimate of the cosine from the share of bits that agree: cos(π · differing / dimensions) (Charikar 2002).</summary>
    public static float EstimatedCosine(int hammingDistance, int dimensions) => (float)Math.Cos(Math.PI * hammingDistance / dimensions);
}
