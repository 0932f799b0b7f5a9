namespace MedEmbed.Training.Sampling;

/// <summary>An example as a batch has it.</summary>
/// <param name="Query">The query, without prompt.</param>
/// <param name="Positive">The positive, without prompt.</param>
/// <param name="Negatives">N negatives, without prompt; one may stand several times where the data has fewer.</param>
/// <param name="Source">The source that it is from.</param>
/// <param name="File">The file that it is from.</param>
/// <param name="Line">The line that it is from, from 1.</param>
public sealed record TrainingExample(string Query, string Positive, IReadOnlyList<string> Negatives, TrainingSource Source, string File, long Line)
{
    /// <summary>The data's scores of the positive and the negatives, 1 + N; null where the data has none.</summary>
    public IReadOnlyList<float>? Scores { get; init; }

    /// <summary>The text that goes before the query; empty for none.</summary>
    public string QueryPrompt { get; init; } = "";
}
