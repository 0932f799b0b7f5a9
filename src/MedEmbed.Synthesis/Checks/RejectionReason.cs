namespace MedEmbed.Synthesis.Checks;

/// <summary>Why a pair is not in the output. The names, in snake case, stand in <c>rejected.jsonl</c> and <c>report.json</c>.</summary>
public enum RejectionReason
{
    /// <summary>The response does not stand in the note.</summary>
    Ungrounded,

    /// <summary>The query holds a date, number, address or name by which a patient could be found.</summary>
    Identifier,

    /// <summary>The query is shorter than the limit.</summary>
    QueryTooShort,

    /// <summary>The query is longer than the limit.</summary>
    QueryTooLong,

    /// <summary>The response is shorter than the limit.</summary>
    ResponseTooShort,

    /// <summary>The response is longer than the limit.</summary>
    ResponseTooLong,

    /// <summary>The relevance told by the generator is below the limit.</summary>
    LowRelevance,

    /// <summary>The query is equal or nearly equal to one that was taken before.</summary>
    DuplicateQuery,

    /// <summary>The query is the response, or a piece of it: nothing is learnt from finding it.</summary>
    QueryCopiesResponse,

    /// <summary>The query does not find its own response among the first ones.</summary>
    RoundTrip,
}
