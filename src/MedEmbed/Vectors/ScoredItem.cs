namespace MedEmbed.Vectors;

/// <summary>An item's number and its score.</summary>
public readonly record struct ScoredItem(float Score, long Item);
