using System.Buffers;
using MedEmbed.Graph;

namespace MedEmbed.Encoding;

/// <summary>A batch as the graph takes it: ids and masks of batch × length, in pooled memory.</summary>
internal sealed class PaddedTokens : IDisposable
{
    public PaddedTokens(int rows, int length)
    {
        (Rows, Length) = (rows, length);
        Ids = ArrayPool<int>.Shared.Rent(rows * length);
        Mask = ArrayPool<int>.Shared.Rent(rows * length);
        PoolingMask = ArrayPool<int>.Shared.Rent(rows * length);
    }

    public int Rows { get; }

    public int Length { get; }

    /// <summary>Numbers of the batch; the arrays may be longer.</summary>
    public int Count => Rows * Length;

    public int[] Ids { get; }

    /// <summary>1 for a text's own tokens, 0 for padding.</summary>
    public int[] Mask { get; }

    /// <summary>As <see cref="Mask"/>, but 0 also for the prompt's tokens where the model leaves them out of pooling.</summary>
    public int[] PoolingMask { get; }

    /// <summary>Fills one row.</summary>
    /// <param name="row">Which.</param>
    /// <param name="tokens">The text's ids, at most <see cref="Length"/>.</param>
    /// <param name="padId">What fills the rest.</param>
    /// <param name="unpooled">How many tokens at the start take no part in pooling.</param>
    public void Fill(int row, ReadOnlySpan<int> tokens, int padId, int unpooled)
    {
        int start = row * Length;
        Span<int> ids = Ids.AsSpan(start, Length);
        tokens.CopyTo(ids);
        ids[tokens.Length..].Fill(padId);
        Span<int> mask = Mask.AsSpan(start, Length);
        mask[..tokens.Length].Fill(1);
        mask[tokens.Length..].Clear();
        Span<int> pooling = PoolingMask.AsSpan(start, Length);
        mask.CopyTo(pooling);
        pooling[..Math.Min(unpooled, tokens.Length)].Clear();
    }

    /// <summary>The numbers that a graph's input of that name takes.</summary>
    public Memory<int> Named(string input) => (input switch
    {
        PoolingGraph.MaskName => PoolingMask,
        "attention_mask" => Mask,
        "input_ids" => Ids,
        _ => throw new ArgumentException($"No input is named \"{input}\".", nameof(input)),
    }).AsMemory(0, Count);

    public void Dispose()
    {
        ArrayPool<int>.Shared.Return(Ids);
        ArrayPool<int>.Shared.Return(Mask);
        ArrayPool<int>.Shared.Return(PoolingMask);
    }
}
