using System.Buffers;
using System.Runtime.CompilerServices;

namespace MedEmbed.Tokenization;

/// <summary>Takes token ids, keeps those that fit, and says when no further text need be read.</summary>
internal ref struct TokenWriter
{
    private readonly int _limit;
    private readonly int _stop;
    private Span<int> _ids;
    private int[]? _rented;

    private TokenWriter(Span<int> ids, int[]? rented, int limit, int stop)
    {
        _ids = ids;
        (_rented, _limit, _stop) = (rented, limit, stop);
    }

    /// <summary>Tokens seen, kept or not.</summary>
    public int Count { get; private set; }

    /// <summary>Whether what has been seen settles the result.</summary>
    public bool IsSettled { get; private set; }

    /// <summary>Whether there were more tokens than fit.</summary>
    public readonly bool Overflowed => Count > _limit;

    /// <summary>The tokens kept.</summary>
    public readonly ReadOnlySpan<int> Kept => _ids[..Math.Min(Count, _limit)];

    /// <summary>Fills <paramref name="destination"/>, and is settled by the first token that does not fit.</summary>
    public static TokenWriter Into(Span<int> destination) =>
        new(destination, null, destination.Length, destination.Length + 1);

    /// <summary>Keeps up to <paramref name="limit"/> tokens in pooled memory that grows.</summary>
    /// <param name="limit">Tokens kept.</param>
    /// <param name="stop">The count that settles the result, more than <paramref name="limit"/>; null to count to the text's end.</param>
    public static TokenWriter UpTo(int limit, int? stop)
    {
        int[] rented = ArrayPool<int>.Shared.Rent(Math.Min(limit, 512));
        return new TokenWriter(rented, rented, limit, stop ?? int.MaxValue);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(int id)
    {
        int index = Count++;
        if ((uint)index < (uint)_ids.Length)
            _ids[index] = id;
        else if (index < _limit)
            Grow(id);
    }

    /// <summary>Takes back tokens of a word that turned out to be unknown.</summary>
    public void TakeBack(int count) => Count = count;

    /// <summary>Says that the tokens so far will not be taken back.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void EndWord()
    {
        if (Count >= _stop)
            IsSettled = true;
    }

    /// <summary>Gives pooled memory back; what was kept must not be used afterwards.</summary>
    public void Dispose()
    {
        if (_rented is not null)
            ArrayPool<int>.Shared.Return(_rented);
        _rented = null;
        _ids = default;
    }

    private void Grow(int id)
    {
        int[] larger = ArrayPool<int>.Shared.Rent((int)Math.Min(_limit, 2L * _ids.Length));
        _ids.CopyTo(larger);
        if (_rented is not null)
            ArrayPool<int>.Shared.Return(_rented);
        _ids = _rented = larger;
        _ids[Count - 1] = id;
    }
}
