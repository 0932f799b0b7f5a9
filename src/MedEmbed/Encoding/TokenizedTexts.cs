using System.Buffers;
using System.Collections.Concurrent;
using MedEmbed.Tokenization;

namespace MedEmbed.Encoding;

/// <summary>Token ids of a call's texts, in a few large blocks of pooled memory.</summary>
internal sealed class TokenizedTexts : IDisposable
{
    private const int BlockSize = 1 << 16;

    /// <summary>Nearly every text has fewer, so that joining it to a prompt takes one try.</summary>
    private const int CharactersAToken = 16;

    private readonly ReadOnlyMemory<int>[] _ids;
    private readonly ConcurrentBag<int[]> _blocks = [];

    private TokenizedTexts(int count)
    {
        _ids = new ReadOnlyMemory<int>[count];
        Lengths = new int[count];
    }

    /// <summary>Tokens of every text after truncation, special tokens and prompt included.</summary>
    public int[] Lengths { get; }

    /// <summary>Texts that lost their end.</summary>
    public long Truncated { get; private set; }

    public ReadOnlySpan<int> this[int text] => _ids[text].Span;

    /// <summary>Tokenises <paramref name="texts"/>, each after <paramref name="prompt"/>, to at most <paramref name="maxLength"/> tokens.</summary>
    public static TokenizedTexts Of(IReadOnlyList<string> texts, string prompt, WordPieceTokenizer tokenizer, int maxLength, ParallelOptions parallel)
    {
        var result = new TokenizedTexts(texts.Count);
        try
        {
            long truncated = 0;
            Parallel.ForEach(
                Partitioner.Create(0, texts.Count, RangeSize(texts.Count, parallel.MaxDegreeOfParallelism)),
                parallel,
                range => Interlocked.Add(ref truncated, result.Add(texts, range.Item1, range.Item2, prompt, tokenizer, maxLength)));
            result.Truncated = truncated;
            return result;
        }
        catch
        {
            result.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        foreach (int[] block in _blocks)
            ArrayPool<int>.Shared.Return(block);
        _blocks.Clear();
    }

    /// <summary>Tokenises <paramref name="text"/> after <paramref name="prompt"/>, joining no more of a long text than is read.</summary>
    private static int Encode(string prompt, string text, WordPieceTokenizer tokenizer, Span<int> destination, out bool truncated)
    {
        if (prompt.Length == 0)
            return tokenizer.Encode(text, destination, out truncated);
        for (long taken = CharactersAToken * (long)destination.Length; ; taken *= 4)
        {
            int length = (int)Math.Min(text.Length, taken);
            char[] rented = ArrayPool<char>.Shared.Rent(prompt.Length + length);
            Span<char> joined = rented.AsSpan(0, prompt.Length + length);
            prompt.CopyTo(joined);
            text.AsSpan(0, length).CopyTo(joined[prompt.Length..]);
            int count = tokenizer.Encode(joined, destination, out truncated, out int read);
            ArrayPool<char>.Shared.Return(rented);
            if (length == text.Length || read <= joined.Length - tokenizer.Lookahead)
                return count;
        }
    }

    private static int RangeSize(int count, int threads) => Math.Clamp(count / Math.Max(threads * 4, 1), 1, 1024);

    private long Add(IReadOnlyList<string> texts, int start, int end, string prompt, WordPieceTokenizer tokenizer, int maxLength)
    {
        long truncatedCount = 0;
        int[] block = [];
        int used = 0;
        for (int text = start; text < end; text++)
        {
            if (block.Length - used < maxLength)
            {
                block = ArrayPool<int>.Shared.Rent(Math.Max(BlockSize, maxLength));
                _blocks.Add(block);
                used = 0;
            }

            int count = Encode(prompt, texts[text], tokenizer, block.AsSpan(used, maxLength), out bool truncated);
            _ids[text] = block.AsMemory(used, count);
            Lengths[text] = count;
            used += count;
            truncatedCount += truncated ? 1 : 0;
        }

        return truncatedCount;
    }
}
