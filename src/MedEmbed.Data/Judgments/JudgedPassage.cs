namespace MedEmbed.Data.Judgments;

/// <summary>A passage with its grade for the query it stands under.</summary>
/// <param name="Text">The passage.</param>
/// <param name="Grade">0 not relevant, 1 marginal, 2 relevant, 3 squarely about it.</param>
public readonly record struct JudgedPassage(string Text, int Grade);
