using System.Buffers;
using System.Collections.Concurrent;
using MedEmbed.Tokenization;

namespace MedEmbed.Encoding;

/// <summary>Token ids of a call's texts, in a few large blocks of pooled memory.</summary>
internal sealed class TokenizedTexts : IDisposable
{
    private const int BlockSize = 1 << 16;

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

            string content = texts[text] ?? throw new ArgumentException($"Text {text} is null.", nameof(texts));
            int count = tokenizer.Encode(prompt.Length == 0 ? content : prompt + content, block.AsSpan(used, maxLength), out bool truncated);
            _ids[text] = block.AsMemory(used, count);
            Lengths[text] = count;
            used += count;
            truncatedCount += truncated ? 1 : 0;
        }

        return truncatedCount;
    }
}
