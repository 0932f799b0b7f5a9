namespace MedEmbed.Training.Sampling;

/// <summary>A batch that is being put together.</summary>
internal sealed class BatchDraft(int size)
{
    private readonly List<(ExampleSet Set, DrawnExample Drawn)> _members = new(size);
    private readonly HashSet<UInt128> _texts = new(2 * size);

    public IReadOnlyList<(ExampleSet Set, DrawnExample Drawn)> Members => _members;

    public int Count => _members.Count;

    public bool IsFull => _members.Count == size;

    /// <summary>Adds <paramref name="unit"/> whole, unless there is no room or one of its queries and positives is here already.</summary>
    public bool TryAdd(ExampleSet set, DrawnExample[] unit)
    {
        if (unit.Length > size - _members.Count || unit.Any(drawn => _texts.Overlaps(TextsOf(set, drawn))))
            return false;
        foreach (DrawnExample drawn in unit)
        {
            _members.Add((set, drawn));
            _texts.UnionWith(TextsOf(set, drawn));
        }

        return true;
    }

    /// <summary>What no other example of a batch may have: query and positive, by the hashes of their normalised forms.</summary>
    public static UInt128[] TextsOf(ExampleSet set, DrawnExample drawn) =>
        [set.HashOf(set[drawn.Example].Query), set.HashOf(set.PassageText(drawn.Positive))];
}
