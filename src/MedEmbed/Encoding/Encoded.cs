namespace MedEmbed.Encoding;

/// <summary>Vectors of one call, in input order, and what happened on the way.</summary>
/// <param name="Vectors">One row a text.</param>
/// <param name="Report">Counts of the call.</param>
public sealed record Encoded(EmbeddingMatrix Vectors, EncodeReport Report);
