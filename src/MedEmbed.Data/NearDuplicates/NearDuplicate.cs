namespace MedEmbed.Data.NearDuplicates;

/// <summary>A text of the index that is a near-duplicate of the one asked for.</summary>
/// <param name="Number">Its number, from 0 in the order of adding.</param>
/// <param name="Similarity">The estimated Jaccard similarity, from the threshold to 1.</param>
public readonly record struct NearDuplicate(int Number, double Similarity);
