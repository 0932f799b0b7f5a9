namespace MedEmbed.Data.Triplets;

/// <summary>A training example: a query, passages that answer it, and passages that do not.</summary>
/// <param name="Query">The query; neither empty nor white space alone.</param>
/// <param name="Positives">At least one passage, none of them empty.</param>
/// <param name="Negatives">Any number of passages, none of them empty; where there are none, negatives come from the batch.</param>
public sealed record Triplet(string Query, IReadOnlyList<string> Positives, IReadOnlyList<string> Negatives)
{
    /// <summary>A teacher's score for each positive, in their order; null where there are none. Higher is better, the scale is the teacher's.</summary>
    public IReadOnlyList<float>? PositiveScores { get; init; }

    /// <summary>A teacher's score for each negative, in their order; null where there are none.</summary>
    public IReadOnlyList<float>? NegativeScores { get; init; }

    /// <summary>Names the query; null where the file gives no id.</summary>
    public string? QueryId { get; init; }

    /// <summary>The kind of query, as <c>keyword</c> or <c>topic</c> (see <see cref="Pairs.QueryPassagePair"/>); null where the file gives none.</summary>
    public string? QueryType { get; init; }

    /// <summary>The note, page or condition that the positives are from, for splits that keep siblings together; null where the file gives none.</summary>
    public string? Group { get; init; }

    /// <summary>Where the triplet is from; null where the file gives none.</summary>
    public string? Source { get; init; }

    /// <summary>FlagEmbedding's instruction for the query; null where the file gives none.</summary>
    public string? Prompt { get; init; }

    /// <summary>FlagEmbedding's kind of task, as <c>normal</c> or <c>symmetric_sts</c>; null where the file gives none.</summary>
    public string? Type { get; init; }
}
