namespace MedEmbed.Vectors;

/// <summary>The k best of a stream of scored items, in a bounded heap: O(log k) for an item that enters, O(1) for one that does not.</summary>
/// <remarks>Scores that are NaN never enter. What is kept does not depend on the order of arrival. Not thread-safe.</remarks>
/// <typeparam name="TTies">How equal scores are ordered.</typeparam>
public sealed class TopK<TTies>
    where TTies : ITieOrder
{
    private readonly TTies _ties;
    private readonly int _capacity;
    private ScoredItem[] _heap;

    /// <summary>Keeps up to <paramref name="capacity"/> items, at least 1; memory grows with the items kept.</summary>
    public TopK(int capacity, TTies ties)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        _capacity = capacity;
        _ties = ties;
        _heap = new ScoredItem[Math.Min(capacity, 16)];
    }

    /// <summary>Items kept.</summary>
    public int Count { get; private set; }

    /// <summary>No score below this enters; an equal one may. Negative infinity until k items are kept.</summary>
    public float Threshold => Count < _capacity ? float.NegativeInfinity : _heap[0].Score;

    /// <summary>Whether <see cref="Add"/> would keep the item.</summary>
    public bool WouldKeep(float score, long item) =>
        !float.IsNaN(score) && (Count < _capacity || Before(new ScoredItem(score, item), _heap[0]));

    /// <summary>Offers an item; each item number at most once.</summary>
    /// <returns>Whether it is among the k best so far.</returns>
    public bool Add(float score, long item)
    {
        if (!WouldKeep(score, item))
            return false;
        ScoredItem added = new(score, item);
        if (Count == _capacity)
        {
            SiftDown(added);
            return true;
        }

        if (Count == _heap.Length)
            Array.Resize(ref _heap, (int)Math.Min(_capacity, 2L * _heap.Length));
        SiftUp(Count++, added);
        return true;
    }

    /// <summary>The kept items, best first.</summary>
    public ScoredItem[] ToSortedArray()
    {
        ScoredItem[] sorted = _heap[..Count];
        Array.Sort(sorted, (a, b) => a == b ? 0 : Before(a, b) ? -1 : 1);
        return sorted;
    }

    /// <summary>The kept items in no particular order.</summary>
    public ReadOnlySpan<ScoredItem> Items => _heap.AsSpan(0, Count);

    private bool Before(ScoredItem a, ScoredItem b) => a.Score > b.Score || (a.Score == b.Score && _ties.Before(a.Item, b.Item));

    // The root is the worst item kept.
    private void SiftUp(int index, ScoredItem item)
    {
        while (index > 0)
        {
            int parent = (index - 1) / 2;
            if (!Before(_heap[parent], item))
                break;
            _heap[index] = _heap[parent];
            index = parent;
        }

        _heap[index] = item;
    }

    private void SiftDown(ScoredItem item)
    {
        int index = 0;
        while (true)
        {
            int child = 2 * index + 1;
            if (child >= Count)
                break;
            if (child + 1 < Count && Before(_heap[child], _heap[child + 1]))
                child++;
            if (!Before(item, _heap[child]))
                break;
            _heap[index] = _heap[child];
            index = child;
        }

        _heap[index] = item;
    }
}
