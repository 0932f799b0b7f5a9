namespace MedEmbed.Synthesis.Grounding;

/// <summary>How a response stands in its note.</summary>
public enum GroundingKind
{
    /// <summary>Every sentence stands there, white space and case folded.</summary>
    Verbatim,

    /// <summary>Not every sentence, but words, numbers and negations agree in order to the score asked for.</summary>
    Aligned,

    /// <summary>It does not stand there.</summary>
    Absent,
}
