namespace MedEmbed.Synthesis.Mining.Passages;

/// <summary>The positives of every query, queries being the same where their normalised texts are. About 50 bytes a pair.</summary>
internal sealed class QueryPositives
{
    private readonly Dictionary<UInt128, int> _last = [];
    private readonly List<(int Passage, int Before)> _entries = [];

    /// <summary>Adds a pair; false where it was there.</summary>
    public bool Add(UInt128 query, int passage)
    {
        int before = _last.GetValueOrDefault(query, -1);
        for (int at = before; at >= 0; at = _entries[at].Before)
        {
            if (_entries[at].Passage == passage)
                return false;
        }

        _last[query] = _entries.Count;
        _entries.Add((passage, before));
        return true;
    }

    /// <summary>Puts the positives of a query into <paramref name="passages"/>, which is cleared first.</summary>
    public void CopyTo(UInt128 query, HashSet<int> passages)
    {
        passages.Clear();
        for (int at = _last.GetValueOrDefault(query, -1); at >= 0; at = _entries[at].Before)
            passages.Add(_entries[at].Passage);
    }
}
