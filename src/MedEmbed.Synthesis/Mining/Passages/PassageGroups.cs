namespace MedEmbed.Synthesis.Mining.Passages;

/// <summary>Which passages are of one note, page or condition.</summary>
internal sealed class PassageGroups
{
    private readonly Dictionary<string, List<int>> _members = new(StringComparer.Ordinal);
    private readonly Dictionary<int, string> _own = [];

    /// <summary>Puts a passage into the group that the corpus names.</summary>
    public void AddOwn(int passage, string group)
    {
        _own.TryAdd(passage, group);
        Add(passage, group);
    }

    /// <summary>Puts a positive into its pair's group, unless the corpus names one.</summary>
    public void AddOfPair(int passage, string group)
    {
        if (!_own.ContainsKey(passage))
            Add(passage, group);
    }

    /// <summary>The group of a pair: the one that the corpus names for its positive, else the pair's own; null where there is neither.</summary>
    public string? Of(int positive, string? pairGroup) => _own.GetValueOrDefault(positive) ?? pairGroup;

    /// <summary>The passages of a group, ascending.</summary>
    public IReadOnlyList<int> Members(string? group) => group is not null && _members.TryGetValue(group, out List<int>? members) ? members : [];

    /// <summary>Ends the adding.</summary>
    public void Sort()
    {
        foreach (List<int> members in _members.Values)
        {
            members.Sort();
            int kept = 0;
            for (int i = 0; i < members.Count; i++)
            {
                if (i == 0 || members[i] != members[i - 1])
                    members[kept++] = members[i];
            }

            members.RemoveRange(kept, members.Count - kept);
        }
    }

    private void Add(int passage, string group)
    {
        if (!_members.TryGetValue(group, out List<int>? members))
            _members[group] = members = [];
        members.Add(passage);
    }
}
