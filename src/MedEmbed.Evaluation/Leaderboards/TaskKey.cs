namespace MedEmbed.Evaluation.Leaderboards;

/// <summary>What a score belongs to: a task, the split of its judgments, and the subset of its data.</summary>
/// <param name="Name">The task's name as MTEB writes it, such as <c>NFCorpus</c>.</param>
/// <param name="Split">The split, <c>test</c> for most.</param>
/// <param name="Subset">MTEB's <c>hf_subset</c>: <c>default</c>, or a language such as <c>english</c>.</param>
public readonly record struct TaskKey(string Name, string Split, string Subset) : IComparable<TaskKey>
{
    /// <summary>The split that is meant where none is named.</summary>
    public const string TestSplit = "test";

    /// <summary>By name, then split, then subset, in code units.</summary>
    public int CompareTo(TaskKey other)
    {
        int order = string.CompareOrdinal(Name, other.Name);
        if (order == 0)
            order = string.CompareOrdinal(Split, other.Split);
        return order != 0 ? order : string.CompareOrdinal(Subset, other.Subset);
    }

    /// <inheritdoc/>
    public static bool operator <(TaskKey left, TaskKey right) => left.CompareTo(right) < 0;

    /// <inheritdoc/>
    public static bool operator >(TaskKey left, TaskKey right) => left.CompareTo(right) > 0;

    /// <inheritdoc/>
    public static bool operator <=(TaskKey left, TaskKey right) => left.CompareTo(right) <= 0;

    /// <inheritdoc/>
    public static bool operator >=(TaskKey left, TaskKey right) => left.CompareTo(right) >= 0;
}
