namespace MedEmbed.Training.Sampling;

/// <summary>One example of a source.</summary>
/// <param name="Query">The query's number in the text table.</param>
/// <param name="Passages">The first of its passages: positives, then negatives.</param>
/// <param name="Positives">How many positives.</param>
/// <param name="Negatives">How many negatives.</param>
/// <param name="HasScores">Whether every passage has a teacher's score.</param>
/// <param name="Group">The number of its group; −1 for none.</param>
/// <param name="Line">The line that it is from, from 1.</param>
internal readonly record struct ExampleRow(int Query, int Passages, int Positives, int Negatives, bool HasScores, int Group, long Line);
