namespace MedEmbed.Data.Pairs;

/// <summary>A query with a passage that answers it.</summary>
/// <param name="QueryId">Names the query; the line's number from 0 where the file gives none. Need not be unique: a query may have several passages.</param>
/// <param name="Query">The query; neither empty nor white space alone.</param>
/// <param name="Positive">The passage; neither empty nor white space alone.</param>
public sealed record QueryPassagePair(string QueryId, string Query, string Positive)
{
    /// <summary>The kind of query, as <c>keyword</c> or <c>natural_language</c>; null where the file gives none.</summary>
    public string? QueryType { get; init; }

    /// <summary>The note, page or condition that the passage is from; pairs of one note are siblings. Null where the file gives none.</summary>
    public string? NoteId { get; init; }

    /// <summary>How relevant the passage is to the query, by its writer; from 0 to 1 in files of this project. Null where the file gives none.</summary>
    public double? Relevance { get; init; }

    /// <summary>Where the pair is from, as a model's or data set's name; null where the file gives none.</summary>
    public string? Source { get; init; }
}
