namespace MedEmbed.Training.Output;

/// <summary>A score before and after training.</summary>
/// <param name="Task">The task's name, with its split where it is not the test split.</param>
/// <param name="Metric">Such as <c>nDCG@10</c>.</param>
/// <param name="Before">The base model's score, from 0 to 1; null where it was not measured.</param>
/// <param name="After">The model's score, from 0 to 1.</param>
public sealed record CardResult(string Task, string Metric, double? Before, double After);
