using MedEmbed.Evaluation.Metrics;
using MedEmbed.Evaluation.Systems;
using MedEmbed.Evaluation.Tasks;

namespace MedEmbed.Evaluation.Results;

/// <summary>A system's scores on one split of a task, with all that identifies them.</summary>
public sealed record TaskResult
{
    /// <summary>The task.</summary>
    public required RetrievalTask Task { get; init; }

    /// <summary>The split.</summary>
    public required string Split { get; init; }

    /// <summary>The data.</summary>
    public required RetrievalData Data { get; init; }

    /// <summary>The system.</summary>
    public required SystemDescription System { get; init; }

    /// <summary>The scores.</summary>
    public required RetrievalScores Scores { get; init; }

    /// <summary>What must stand beside the scores; null for nothing.</summary>
    public string? Note { get; init; }

    /// <summary>When, where and how fast.</summary>
    public required RunRecord Run { get; init; }
}
