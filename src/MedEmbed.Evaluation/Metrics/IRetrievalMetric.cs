namespace MedEmbed.Evaluation.Metrics;

/// <summary>A measure of one query's ranking; a system's score is its mean over queries.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public interface IRetrievalMetric
{
    /// <summary>MTEB's key of the metric, such as <c>ndcg_at_10</c>.</summary>
    string Name { get; }

    /// <summary>The metric of one query, from 0 to 1. A query without relevant documents has 0 and counts in the mean.</summary>
    double Score(RankedRelevance query);
}
