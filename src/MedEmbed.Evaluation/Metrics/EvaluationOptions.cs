namespace MedEmbed.Evaluation.Metrics;

/// <summary>What is measured, and how a run is read before it is measured.</summary>
public sealed record EvaluationOptions
{
    /// <summary>MTEB's cut-offs, nothing removed.</summary>
    public static EvaluationOptions Default { get; } = new();

    /// <summary>The ranks at which each metric is cut, ascending and at least 1. Default: 1, 3, 5, 10, 20, 100, 1000.</summary>
    /// <exception cref="ArgumentException">The list is empty, not ascending, or holds a cut-off below 1.</exception>
    public IReadOnlyList<int> Cutoffs
    {
        get;
        init
        {
            ArgumentNullException.ThrowIfNull(value);
            if (value.Count == 0 || value[0] < 1 || value.Zip(value.Skip(1)).Any(static pair => pair.First >= pair.Second))
                throw new ArgumentException($"Cut-offs [{string.Join(", ", value)}] must be at least one, from 1 upwards, in ascending order.", nameof(value));
            field = [.. value];
        }
    } = [1, 3, 5, 10, 20, 100, 1000];

    /// <summary>Removes a hit whose document id is the query's own id, before metrics and confidences. For ArguAna, whose queries stand in the corpus. Default: false.</summary>
    public bool IgnoreIdenticalIds { get; init; }

    /// <summary>Whether to compute the nAUC of every metric but the hit rate. Default: true.</summary>
    public bool WithNauc { get; init; } = true;
}
