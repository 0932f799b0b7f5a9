namespace MedEmbed.Data.Judgments;

/// <summary>Numbers distinct ids from 0 and keeps each as one string.</summary>
internal sealed class IdTable
{
    private readonly List<string> _ids = [];
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _lookup;

    public IdTable() => _lookup = _numbers.GetAlternateLookup<ReadOnlySpan<char>>();

    public int Count => _ids.Count;

    public string this[int number] => _ids[number];

    public int GetOrAdd(ReadOnlySpan<char> id)
    {
        if (_lookup.TryGetValue(id, out int number))
            return number;
        string kept = id.ToString();
        _ids.Add(kept);
        return _numbers[kept] = _ids.Count - 1;
    }

    public string[] ToArray() => [.. _ids];
}
