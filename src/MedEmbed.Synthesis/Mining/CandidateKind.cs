namespace MedEmbed.Synthesis.Mining;

/// <summary>Where candidates for negatives are from.</summary>
public enum CandidateKind
{
    /// <summary>Passages drawn from the whole corpus.</summary>
    Random,

    /// <summary>Passages that share words with the query, ranked by BM25.</summary>
    Bm25,

    /// <summary>Passages near the query by the vectors of a model.</summary>
    Dense,

    /// <summary>Other passages of the positive's note, page or condition.</summary>
    InGroup,
}
