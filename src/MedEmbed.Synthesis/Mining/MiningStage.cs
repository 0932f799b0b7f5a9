namespace MedEmbed.Synthesis.Mining;

/// <summary>The stages of a run, in order.</summary>
public enum MiningStage
{
    /// <summary>Passages and pairs are read.</summary>
    Reading,

    /// <summary>Passages are indexed by their words.</summary>
    Indexing,

    /// <summary>Passages are encoded, by one model after the other.</summary>
    Encoding,

    /// <summary>Candidates are found, scored and chosen.</summary>
    Mining,

    /// <summary>Triplets are written.</summary>
    Writing,
}
