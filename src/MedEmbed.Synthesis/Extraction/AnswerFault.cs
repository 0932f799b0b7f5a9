namespace MedEmbed.Synthesis.Extraction;

/// <summary>Why an answer gives no pair at all. The names, in snake case, stand in reports.</summary>
public enum AnswerFault
{
    /// <summary>The answer is usable.</summary>
    None,

    /// <summary>There is no text.</summary>
    Empty,

    /// <summary>The model declined.</summary>
    Refused,

    /// <summary>There is no JSON in the text, or none that could be mended.</summary>
    NoJson,

    /// <summary>The answer ended before its first whole entry.</summary>
    CutOff,

    /// <summary>There is JSON, but not of the form asked for.</summary>
    WrongSchema,
}
