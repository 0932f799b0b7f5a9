namespace MedEmbed.Training.Sampling;

/// <summary>Keeps the sources' shares of all queries so far near their weights: whoever is furthest behind comes next.</summary>
/// <remarks>Nothing is left to chance, so that a source's share is off by less than a batch (or, in mixed batches, an example) for every source there is.</remarks>
internal sealed class SourceShares
{
    private readonly double[] _shares;
    private readonly long[] _taken;
    private long _total;

    /// <param name="weights">One a source, above 0.</param>
    public SourceShares(IReadOnlyList<double> weights)
    {
        double sum = weights.Sum();
        _shares = [.. weights.Select(weight => weight / sum)];
        _taken = new long[weights.Count];
    }

    /// <summary>The source that would be furthest behind if <paramref name="next"/> more queries were taken, of those that are open; −1 where none is.</summary>
    public int FurthestBehind(int next, ReadOnlySpan<bool> closed)
    {
        int behind = -1;
        double most = double.NegativeInfinity;
        for (int i = 0; i < _shares.Length; i++)
        {
            double deficit = (_shares[i] * (_total + next)) - _taken[i];
            if (!closed[i] && deficit > most)
                (behind, most) = (i, deficit);
        }

        return behind;
    }

    public void Take(int source, int queries)
    {
        _taken[source] += queries;
        _total += queries;
    }
}
