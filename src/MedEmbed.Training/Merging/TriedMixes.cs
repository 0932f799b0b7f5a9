namespace MedEmbed.Training.Merging;

/// <summary>The mixes that a search has scored, as whole numbers of units, and the best of them.</summary>
internal sealed class TriedMixes(int total, int evaluations, Func<IReadOnlyList<double>, CancellationToken, ValueTask<double>> score)
{
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);
    private readonly List<WeightTrial> _trials = [];
    private double _bestScore = double.NegativeInfinity;

    public IReadOnlyList<WeightTrial> Trials => _trials;

    public int[] Best { get; private set; } = [];

    public bool IsOpen => _trials.Count < evaluations;

    public async Task TryAsync(int[] units, CancellationToken cancellationToken)
    {
        if (!IsOpen || !_known.Add(string.Join(',', units)))
            return;
        cancellationToken.ThrowIfCancellationRequested();
        double[] weights = [.. units.Select(unit => (double)unit / total)];
        double value = await score(weights, cancellationToken).ConfigureAwait(false);
        if (!double.IsFinite(value))
            throw new InvalidOperationException(FormattableString.Invariant($"The mix {string.Join(", ", weights.Select(weight => FormattableString.Invariant($"{weight:0.###}")))} scored {value}; a score must be a number."));
        _trials.Add(new WeightTrial(weights, value));
        if (value > _bestScore)
            (_bestScore, Best) = (value, units);
    }
}
