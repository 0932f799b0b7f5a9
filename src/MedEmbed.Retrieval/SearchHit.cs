namespace MedEmbed.Retrieval;

/// <summary>A document found.</summary>
/// <param name="Id">The document's id.</param>
/// <param name="Score">Cosine, inner product or negated Euclidean distance: higher is better.</param>
/// <param name="Row">Where the open index holds it; of no meaning for another generation of the index.</param>
public readonly record struct SearchHit(string Id, float Score, long Row);
