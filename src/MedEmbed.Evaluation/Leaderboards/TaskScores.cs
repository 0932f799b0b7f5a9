namespace MedEmbed.Evaluation.Leaderboards;

/// <summary>One system's scores on one task.</summary>
public sealed record TaskScores
{
    /// <summary>The task, split and subset.</summary>
    public required TaskKey Task { get; init; }

    /// <summary>The file the scores were read from.</summary>
    public required string File { get; init; }

    /// <summary>MTEB's keys (<c>ndcg_at_10</c>, …) and their values; scores that are NaN are left out.</summary>
    public required IReadOnlyDictionary<string, double> Scores { get; init; }

    /// <summary>The prompts used.</summary>
    public required PromptUse Prompts { get; init; }

    /// <summary>How the data differ from the official set (<c>reconstructed</c>, <c>slice of …</c>), or null.</summary>
    public string? Note { get; init; }

    /// <summary>The hash of corpus, queries and judgments, or null where the file does not give it.</summary>
    public string? DataHash { get; init; }

    /// <summary>The metrics of each query by query id, or null where the file holds means alone.</summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, double>>? PerQuery { get; init; }

    /// <summary>How fast the texts were embedded, or null where the file does not tell, or the documents' vectors came from a cache.</summary>
    public EmbeddingSpeed? Speed { get; init; }

    /// <summary>The machine the scores were computed on, or null.</summary>
    public string? Hardware { get; init; }

    /// <summary>Whether both scores are about the same data: the same note, and the same hash where both files give one.</summary>
    public bool IsComparableTo(TaskScores other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Task == other.Task
            && string.Equals(Note, other.Note, StringComparison.Ordinal)
            && (DataHash is null || other.DataHash is null || string.Equals(DataHash, other.DataHash, StringComparison.Ordinal));
    }
}
