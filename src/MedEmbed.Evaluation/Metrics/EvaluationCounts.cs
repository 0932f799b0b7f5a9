namespace MedEmbed.Evaluation.Metrics;

/// <summary>What an evaluation took in, so that nothing is left out unseen.</summary>
public sealed record EvaluationCounts
{
    /// <summary>Queries that have both a ranking and judgments: those that the means are taken over.</summary>
    public required int Evaluated { get; init; }

    /// <summary>Of those, the ones without any relevant document; each has 0 in every metric, and counts.</summary>
    public required int WithoutRelevant { get; init; }

    /// <summary>Of the evaluated queries, the ones whose ranking is empty; each has 0 in every metric, and counts.</summary>
    public required int WithoutHits { get; init; }

    /// <summary>Hits of the evaluated queries, removed ones not among them.</summary>
    public required long Hits { get; init; }

    /// <summary>Of those, the hits that nobody judged; they count as not relevant.</summary>
    public required long UnjudgedHits { get; init; }

    /// <summary>Hits removed because their document id is the query's own.</summary>
    public required long IdenticalIdsRemoved { get; init; }
}
