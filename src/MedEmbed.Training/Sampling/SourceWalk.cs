using System.IO.Hashing;
using System.Runtime.InteropServices;

namespace MedEmbed.Training.Sampling;

/// <summary>A source's examples without end, epoch after epoch, each epoch in an order of its own.</summary>
/// <remarks>
/// What is drawn is a unit: one example, or a group (or an even part of one) where batches are made of groups. A unit that does not fit into a batch waits for the
/// next, before anything new is drawn. No more than a batch's number of units wait, so that a source of few distinct texts gives smaller batches and not an ever longer queue.
/// </remarks>
internal sealed class SourceWalk
{
    private readonly ExampleSet _set;
    private readonly ExampleDraw _draw;
    private readonly int[][] _groups;
    private readonly ulong _seed;
    private readonly ulong _key;
    private readonly int _window;
    private readonly Queue<DrawnExample[]> _ready = [];
    private readonly List<DrawnExample[]> _waiting = [];
    private int[] _order = [];
    private int _next;
    private long _epoch = -1;
    private int _refused;

    /// <param name="set">The examples.</param>
    /// <param name="seed">The run's seed.</param>
    /// <param name="batchSize">Examples that a batch has at most.</param>
    /// <param name="bucketBatches">Batches whose examples are sorted by length together; 0 for none.</param>
    public SourceWalk(ExampleSet set, long seed, int batchSize, int bucketBatches)
    {
        _set = set;
        _seed = (ulong)seed;
        _key = XxHash64.HashToUInt64(MemoryMarshal.AsBytes(set.Source.Name.AsSpan()));
        _draw = new ExampleDraw(set, _seed, _key);
        BatchSize = batchSize;
        _window = bucketBatches * batchSize;
        _groups = set.Source.GroupBatches
            ? [.. Enumerable.Range(0, set.Count).GroupBy(example => set[example].Group).Select(group => group.ToArray())]
            : [];
    }

    /// <summary>Examples that a batch has at most.</summary>
    public int BatchSize { get; }

    /// <summary>Begins a batch: what waits is looked at again.</summary>
    public void BeginBatch() => _refused = 0;

    /// <summary>Adds the next unit that fits.</summary>
    /// <returns>False where none does.</returns>
    public bool TryAdd(BatchDraft draft)
    {
        // A unit refused once stays refused: a batch only grows.
        for (; _refused < _waiting.Count; _refused++)
        {
            if (!draft.TryAdd(_set, _waiting[_refused]))
                continue;
            _waiting.RemoveAt(_refused);
            return true;
        }

        while (_waiting.Count < BatchSize)
        {
            DrawnExample[] unit = Draw();
            if (draft.TryAdd(_set, unit))
                return true;
            _waiting.Add(unit);
            _refused++;
        }

        return false;
    }

    private DrawnExample[] Draw()
    {
        while (_ready.Count == 0)
        {
            if (_next == _order.Length)
                BeginEpoch();
            if (_window == 0)
                DrawNext(_ready.Enqueue);
            else
                DrawWindow();
        }

        return _ready.Dequeue();
    }

    private void BeginEpoch()
    {
        _epoch++;
        _next = 0;
        _order = [.. Enumerable.Range(0, _groups.Length > 0 ? _groups.Length : _set.Count)];
        new SplitMix64(_seed, _key, (ulong)_epoch).Shuffle(_order.AsSpan());
    }

    private void DrawNext(Action<DrawnExample[]> add)
    {
        int number = _order[_next++];
        if (_groups.Length == 0)
        {
            add([_draw.Of(number, _epoch)]);
            return;
        }

        foreach (List<DrawnExample> part in PartsOf(_groups[number]))
            add([.. part]);
    }

    /// <summary>Sorts the next window by length and cuts it into batches, which come in any order.</summary>
    private void DrawWindow()
    {
        List<DrawnExample[]> window = [];
        for (int examples = 0; examples < _window && _next < _order.Length;)
        {
            DrawNext(unit =>
            {
                window.Add(unit);
                examples += unit.Length;
            });
        }

        List<List<DrawnExample[]>> batches = [];
        int room = 0;
        foreach (DrawnExample[] unit in window.OrderBy(MeanLength))
        {
            if (room < unit.Length)
            {
                batches.Add([]);
                room = BatchSize;
            }

            batches[^1].Add(unit);
            room -= unit.Length;
        }

        new SplitMix64(_seed, _key, (ulong)_epoch, (ulong)_next, (ulong)window.Count).Shuffle(CollectionsMarshal.AsSpan(batches));
        foreach (DrawnExample[] unit in batches.SelectMany(batch => batch))
            _ready.Enqueue(unit);
    }

    /// <summary>Even parts that are no larger than a batch and in which no query and no positive stands twice.</summary>
    private List<List<DrawnExample>> PartsOf(int[] group)
    {
        int[] members = [.. group];
        new SplitMix64(_seed, _key, (ulong)_epoch, (ulong)group[0], 1).Shuffle(members.AsSpan());
        int parts = (members.Length + BatchSize - 1) / BatchSize;
        int most = (members.Length + parts - 1) / parts;
        List<List<DrawnExample>> made = [];
        List<HashSet<UInt128>> texts = [];
        foreach (int member in members)
        {
            DrawnExample drawn = _draw.Of(member, _epoch);
            UInt128[] own = BatchDraft.TextsOf(_set, drawn);
            int part = 0;
            while (part < made.Count && (made[part].Count == most || texts[part].Overlaps(own)))
                part++;
            if (part == made.Count)
            {
                made.Add([]);
                texts.Add([]);
            }

            made[part].Add(drawn);
            texts[part].UnionWith(own);
        }

        return made;
    }

    private double MeanLength(DrawnExample[] unit) => unit.Average(drawn =>
        (double)_set.LengthOf(_set[drawn.Example].Query)
        + _set.LengthOf(_set.PassageText(drawn.Positive))
        + drawn.Candidates.Sum(passage => _set.LengthOf(_set.PassageText(passage))));
}
