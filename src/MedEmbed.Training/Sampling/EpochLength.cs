namespace MedEmbed.Training.Sampling;

/// <summary>How many batches as many queries take as the sources have examples together.</summary>
internal static class EpochLength
{
    /// <summary>N · Σ share_i / size_i, N the examples of all sources, share_i a source's share of the queries and size_i its batches' queries.</summary>
    /// <param name="sets">The sources.</param>
    /// <param name="batchSize">Queries of a batch whose source has no size of its own.</param>
    public static double Batches(IReadOnlyList<ExampleSet> sets, int batchSize)
    {
        double examples = sets.Sum(set => (double)set.Count);
        double weights = sets.Sum(Weight);
        return sets.Sum(set => examples * Weight(set) / weights / (set.Source.BatchSize ?? batchSize));
    }

    private static double Weight(ExampleSet set) => set.Source.Weight ?? set.Count;
}
