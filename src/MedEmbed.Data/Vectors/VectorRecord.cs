namespace MedEmbed.Data.Vectors;

/// <summary>A vector with its id.</summary>
/// <param name="Id">The id; the row's number from 0 for <c>.npy</c>, which keeps none.</param>
/// <param name="Values">The numbers; integers (int8, packed bits) as floats, which hold them exactly. The caller owns the array.</param>
public sealed record VectorRecord(string Id, float[] Values);
