namespace MedEmbed.Training.Sampling;

/// <summary>Draws batches from one or more sources, without end.</summary>
/// <remarks>
/// <para>Batch k is a function of the options, the sources and their content alone: a run is continued by <see cref="Skip"/>, and no state has to be kept.</para>
/// <para>Each source is walked in a new random order every epoch. An example has one of its positives, and N of its negatives, both drawn anew each epoch; with fewer than N negatives some
/// stand more than once, and with none they are random positives of other examples of the source that do not answer the query.</para>
/// <para>An example whose query or positive is in a batch already waits for the next batch; it is never lost, but may slip past the end of its epoch. Where a source has too few distinct texts
/// to fill a batch, or no group fits into what room is left, the batch is smaller.</para>
/// <para>Not thread-safe.</para>
/// </remarks>
public sealed class BatchSampler
{
    private readonly BatchSamplerOptions _options;
    private readonly SourceWalk[] _walks;
    private readonly SourceShares _shares;

    /// <summary>Prepares to draw from <paramref name="sets"/>.</summary>
    /// <exception cref="ArgumentException">There is no source; two share a name; some have a weight and some have none; or batches are mixed and sources differ in negatives or loss.</exception>
    public BatchSampler(IReadOnlyList<ExampleSet> sets, BatchSamplerOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(sets);
        _options = options ?? new BatchSamplerOptions();
        Check(sets);
        _walks = [.. sets.Select(set => new SourceWalk(set, _options.Seed, set.Source.BatchSize ?? _options.BatchSize, _options.BucketBatches))];
        _shares = new SourceShares([.. sets.Select(set => set.Source.Weight ?? set.Count)]);
        BatchesPerEpoch = (long)Math.Ceiling(EpochLength.Batches(sets, _options.BatchSize) - 1e-6);
    }

    /// <summary>Number of the next batch, from 0.</summary>
    public long Position { get; private set; }

    /// <summary>Full batches in which as many queries are drawn as the sources have examples together; without weights, every example about once.</summary>
    public long BatchesPerEpoch { get; }

    /// <summary>The next batch.</summary>
    /// <exception cref="Data.DataFormatException">An example has no negatives, and no passage of its source can stand in.</exception>
    public TrainingBatch Next()
    {
        BatchDraft draft = Compose();
        return BatchAssembly.Of(draft.Members, Position++, _options.Seed);
    }

    /// <summary>Goes on as if <paramref name="batches"/> batches had been drawn, without making their texts.</summary>
    public void Skip(long batches)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(batches);
        for (long i = 0; i < batches; i++)
        {
            Compose();
            Position++;
        }
    }

    private BatchDraft Compose()
    {
        foreach (SourceWalk walk in _walks)
            walk.BeginBatch();
        return _options.Mixing == BatchMixing.Mixed ? ComposeMixed() : ComposeOfOneSource();
    }

    private BatchDraft ComposeOfOneSource()
    {
        int source = _shares.FurthestBehind(_options.BatchSize, new bool[_walks.Length]);
        BatchDraft draft = new(_walks[source].BatchSize);
        while (!draft.IsFull && _walks[source].TryAdd(draft))
        {
        }

        _shares.Take(source, draft.Count);
        return draft;
    }

    private BatchDraft ComposeMixed()
    {
        BatchDraft draft = new(_options.BatchSize);
        bool[] closed = new bool[_walks.Length];
        while (!draft.IsFull && _shares.FurthestBehind(1, closed) is >= 0 and int source)
        {
            closed[source] = !_walks[source].TryAdd(draft);
            _shares.Take(source, closed[source] ? 0 : 1);
        }

        return draft;
    }

    private void Check(IReadOnlyList<ExampleSet> sets)
    {
        if (sets.Count == 0)
            throw new ArgumentException("There is no source to draw batches from; name at least one.", nameof(sets));
        if (sets.GroupBy(set => set.Source.Name, StringComparer.Ordinal).FirstOrDefault(named => named.Count() > 1) is { } twice)
            throw new ArgumentException($"{twice.Count()} sources are called \"{twice.Key}\"; give each a name of its own.", nameof(sets));
        if (sets.Select(set => set.Source.Weight is null).Distinct().Count() > 1)
            throw new ArgumentException($"Source \"{sets.First(set => set.Source.Weight is null).Source.Name}\" has no weight, and others have one; give every source a weight, or none.", nameof(sets));
        if (_options.Mixing != BatchMixing.Mixed)
            return;
        if (sets.FirstOrDefault(set => set.Source.BatchSize is not null) is { } sized)
            throw new ArgumentException($"Source \"{sized.Source.Name}\" has a batch size of its own, which batches of several sources cannot have; remove it, or draw one source a batch.", nameof(sets));
        foreach (ExampleSet set in sets)
        {
            if (set.Source.Negatives != sets[0].Source.Negatives || set.Source.Loss != sets[0].Source.Loss)
                throw new ArgumentException($"Sources \"{sets[0].Source.Name}\" and \"{set.Source.Name}\" differ in negatives or loss, which those of mixed batches must share; make them the same, or draw one source a batch.", nameof(sets));
        }
    }
}
