namespace MedEmbed.Evaluation.Leaderboards;

/// <summary>A system under test (a model with its settings, or BM25) and its scores on every task it was run on.</summary>
public sealed record SystemResults
{
    /// <summary>The model's folder name with the settings that depart from the model's own (<c>bge-small-en-v1.5+no-prompt</c>).</summary>
    public required string Name { get; init; }

    /// <summary>The model's revision, or empty where none is known.</summary>
    public string Revision { get; init; } = "";

    /// <summary>Where the scores were published, or null for scores measured here.</summary>
    public PublishedSource? Published { get; init; }

    /// <summary>What the model says of itself.</summary>
    public ModelDescription Model { get; init; } = ModelDescription.Empty;

    /// <summary>The scores by task.</summary>
    public required IReadOnlyDictionary<TaskKey, TaskScores> Results { get; init; }

    /// <summary>Texts embedded a second over all runs that embedded their documents, or null where none did.</summary>
    public double? TextsPerSecond
    {
        get
        {
            EmbeddingSpeed[] runs = [.. Results.OrderBy(static result => result.Key).Select(static result => result.Value.Speed).OfType<EmbeddingSpeed>()];
            return runs.Length > 0 ? runs.Sum(static run => run.Texts) / runs.Sum(static run => run.Seconds) : null;
        }
    }
}
