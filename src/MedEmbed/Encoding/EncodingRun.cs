using System.Buffers;
using System.Numerics.Tensors;

namespace MedEmbed.Encoding;

/// <summary>One call of <see cref="TextEncoder.EncodeAsync"/>: tokenise, sort by length, run batches side by side, put rows in place.</summary>
internal sealed class EncodingRun(TextEncoder encoder, IReadOnlyList<string> texts, string prompt, int dimensions, IProgress<EncodeProgress>? progress)
{
    private readonly EmbeddingMatrix _vectors = new(texts.Count, dimensions);
    private readonly Lock _progressLock = new();
    private long _textsDone;
    private long _tokensDone;
    private long _paddedTokens;

    public Encoded Execute(CancellationToken cancellationToken)
    {
        if (texts.Count == 0)
            return new Encoded(_vectors, EncodeReport.Empty);
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = encoder.Threads, CancellationToken = cancellationToken };
        using TokenizedTexts tokenized = TokenizedTexts.Of(texts, prompt, encoder.Tokenizer, encoder.MaxLength, parallel);
        int unpooled = TokensLeftOutOfPooling();
        List<TokenBatch> batches = TokenBatch.Plan(LongestFirst(tokenized.Lengths), tokenized.Lengths, BatchBudget(tokenized.Lengths));
        if (batches.Count == 1)
            RunBatch(batches[0], tokenized, unpooled);
        else
            Parallel.ForEach(Partitioner(batches), parallel, batch => RunBatch(batch, tokenized, unpooled));
        return new Encoded(_vectors, new EncodeReport(texts.Count, _tokensDone, tokenized.Truncated, _paddedTokens));
    }

    /// <summary>Batches one at a time: they differ in cost, and the longest come first, so that no thread is left with a long one at the end.</summary>
    private static System.Collections.Concurrent.OrderablePartitioner<TokenBatch> Partitioner(List<TokenBatch> batches) =>
        System.Collections.Concurrent.Partitioner.Create(batches, System.Collections.Concurrent.EnumerablePartitionerOptions.NoBuffering);

    private static int[] LongestFirst(int[] lengths)
    {
        int[] order = new int[lengths.Length];
        int[] keys = new int[lengths.Length];
        for (int i = 0; i < order.Length; i++)
            (order[i], keys[i]) = (i, -lengths[i]);
        Array.Sort(keys, order);
        return order;
    }

    /// <summary>The configured budget, or less where a small call would otherwise leave threads without a batch.</summary>
    private int BatchBudget(int[] lengths)
    {
        long total = TensorPrimitives.Sum<int>(lengths);
        return (int)Math.Min(encoder.BatchTokens, Math.Max(total / encoder.Threads, 1));
    }

    /// <summary>As in sentence-transformers: the prompt alone, with its special tokens but the closing one.</summary>
    private int TokensLeftOutOfPooling()
    {
        if (prompt.Length == 0 || encoder.Model.Pooling.IncludePrompt)
            return 0;
        int[] ids = ArrayPool<int>.Shared.Rent(encoder.MaxLength);
        int count = encoder.Tokenizer.Encode(prompt, ids.AsSpan(0, encoder.MaxLength), out _);
        ArrayPool<int>.Shared.Return(ids);
        return count - 1;
    }

    private void RunBatch(TokenBatch batch, TokenizedTexts tokenized, int unpooled)
    {
        ReadOnlySpan<int> members = batch.Texts.Span;
        using var padded = new PaddedTokens(members.Length, batch.Length);
        long tokens = 0;
        for (int row = 0; row < members.Length; row++)
        {
            ReadOnlySpan<int> ids = tokenized[members[row]];
            padded.Fill(row, ids, encoder.Tokenizer.PadId, unpooled);
            tokens += ids.Length;
        }

        float[] vectors = ArrayPool<float>.Shared.Rent(members.Length * encoder.Dimensions);
        encoder.Run(padded, vectors);
        for (int row = 0; row < members.Length; row++)
            Store(vectors.AsSpan(row * encoder.Dimensions, encoder.Dimensions), _vectors[members[row]]);
        ArrayPool<float>.Shared.Return(vectors);
        Report(members.Length, tokens, padded.Count);
    }

    private void Store(ReadOnlySpan<float> vector, Span<float> destination)
    {
        vector[..destination.Length].CopyTo(destination);
        if (destination.Length == vector.Length || !encoder.Model.Normalizes)
            return;
        float length = TensorPrimitives.Norm<float>(destination);
        if (length > 0)
            TensorPrimitives.Divide(destination, length, destination);
    }

    private void Report(int textCount, long tokens, long padded)
    {
        lock (_progressLock)
        {
            _textsDone += textCount;
            _tokensDone += tokens;
            _paddedTokens += padded;
            progress?.Report(new EncodeProgress(_textsDone, texts.Count, _tokensDone));
        }
    }
}
