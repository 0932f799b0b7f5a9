namespace MedEmbed.Training.Runs;

/// <summary>The batches of a run, in an order that its seed and data decide.</summary>
internal interface ITrainingBatches
{
    /// <summary>The next batch.</summary>
    PreparedBatch Next();

    /// <summary>Passes over <paramref name="count"/> batches, as a run that is resumed does.</summary>
    void Skip(long count);
}
