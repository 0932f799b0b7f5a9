namespace MedEmbed.Data.Triplets;

/// <summary>What a record gives.</summary>
/// <param name="Triplet">The pair as a triplet; null where a condition leaves the record out, or it has no text.</param>
/// <param name="Omission">Why a record that meets the conditions makes no pair; null where it does.</param>
internal readonly record struct MappedPair(Triplet? Triplet, string? Omission = null);
