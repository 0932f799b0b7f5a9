using System.Buffers;
using System.IO.Hashing;
using System.Numerics;
using System.Runtime.InteropServices;
using MedEmbed.Data.Texts;

namespace MedEmbed.Data.NearDuplicates;

/// <summary>Makes MinHash signatures of texts over their word n-grams.</summary>
/// <remarks>Words are those of <see cref="NormalizedText"/>; a text of fewer words than an n-gram is one n-gram. The same text has the same signature on every run, machine and culture. Thread-safe.</remarks>
public sealed class MinHasher
{
    private readonly int _ngram;
    private readonly ulong[] _factors;
    private readonly ulong[] _summands;

    /// <summary>A hasher with <paramref name="options"/>; null is the defaults.</summary>
    public MinHasher(NearDuplicateOptions? options = null)
    {
        options ??= NearDuplicateOptions.Default;
        _ngram = options.NGram;
        // Multiply-shift hashing (Dietzfelbinger et al. 1997): odd factors, the upper half of the result counts.
        _factors = [.. Enumerable.Range(0, options.Permutations).Select(i => Coefficient(i, 1) | 1)];
        _summands = [.. Enumerable.Range(0, options.Permutations).Select(i => Coefficient(i, 2))];
    }

    /// <summary>The signature of <paramref name="text"/>.</summary>
    public MinHashSignature Sign(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        char[] buffer = ArrayPool<char>.Shared.Rent(text.Length);
        ReadOnlySpan<char> normalized = buffer.AsSpan(0, NormalizedText.Write(text, buffer));
        MinHashSignature signature = normalized.IsEmpty ? default : SignNormalized(normalized);
        ArrayPool<char>.Shared.Return(buffer);
        return signature;
    }

    private MinHashSignature SignNormalized(ReadOnlySpan<char> text)
    {
        Span<ulong> minima = stackalloc ulong[_factors.Length];
        minima.Fill(ulong.MaxValue);
        Span<int> starts = stackalloc int[_ngram <= 64 ? _ngram : 0];
        if (starts.IsEmpty)
            starts = new int[_ngram];
        int words = 0;
        for (int start = 0; start < text.Length;)
        {
            int space = text[start..].IndexOf(' ');
            int end = space < 0 ? text.Length : start + space;
            starts[words++ % _ngram] = start;
            // The oldest of the last n starts is the one to be overwritten next.
            if (words >= _ngram)
                Take(text[starts[words % _ngram]..end], minima);
            start = end + 1;
        }

        if (words < _ngram)
            Take(text, minima);
        uint[] signature = new uint[minima.Length];
        for (int i = 0; i < signature.Length; i++)
            signature[i] = (uint)(minima[i] >> 32);
        return new MinHashSignature(signature);
    }

    private void Take(ReadOnlySpan<char> ngram, Span<ulong> minima)
    {
        Vector<ulong> hash = new(XxHash3.HashToUInt64(MemoryMarshal.AsBytes(ngram)));
        for (int i = 0; i < minima.Length; i += Vector<ulong>.Count)
        {
            Span<ulong> place = minima[i..];
            Vector<ulong> value = (hash * new Vector<ulong>(_factors, i)) + new Vector<ulong>(_summands, i);
            Vector.Min(new Vector<ulong>(place), value).CopyTo(place);
        }
    }

    private static ulong Coefficient(int place, long seed) => XxHash3.HashToUInt64(BitConverter.GetBytes(place), seed);
}
