namespace MedEmbed.Synthesis.Lexical;

/// <summary>Why a lexical pair is not in the output. The names, in snake case, stand in <c>rejected.jsonl</c> and <c>report.json</c>.</summary>
public enum LexicalRejectionReason
{
    /// <summary>The term is marked obsolete.</summary>
    ObsoleteTerm,

    /// <summary>The synonym is marked ambiguous or obsolete by its vocabulary.</summary>
    RetiredSynonym,

    /// <summary>The synonym is a heading for several things, as <c>(mononeuritis) or (neuropathy)</c>.</summary>
    CompositeSynonym,

    /// <summary>The synonym is what a classification leaves over, as <c>other meningitis</c>.</summary>
    ResidualSynonym,

    /// <summary>The cross reference is to none of the known coding systems.</summary>
    UnknownCodeSystem,

    /// <summary>The code has not the form of its system.</summary>
    MalformedCode,

    /// <summary>The query, or the abbreviation in it, has fewer letters and digits than a query needs.</summary>
    QueryTooShort,

    /// <summary>The passage has fewer letters and digits than a passage needs.</summary>
    ResponseTooShort,

    /// <summary>Query and passage are the same words in any order, case, punctuation and words as <c>of</c> aside: nothing is learnt from them.</summary>
    SameWords,

    /// <summary>An earlier pair has the same two texts, but for case and punctuation.</summary>
    RepeatedPair,
}
