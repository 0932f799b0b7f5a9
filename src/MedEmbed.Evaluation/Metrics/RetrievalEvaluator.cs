using MedEmbed.Data.Judgments;

namespace MedEmbed.Evaluation.Metrics;

/// <summary>Scores a run against judgments, equal to trec_eval and MTEB 2.26.</summary>
/// <remarks>
/// Hits are ranked by score, ties by document id descending in UTF-8 bytes, whatever order the run has them in; MRR compares scores in double precision, the other metrics in single.
/// Relevant is a grade above 0; hits without judgment are not relevant; a query without relevant documents, or without hits, counts with 0.
/// The means are over the queries that both the run and the judgments have. The others are listed in the result.
/// </remarks>
public static class RetrievalEvaluator
{
    /// <summary>Every metric of every query, the means and the nAUCs.</summary>
    /// <param name="qrels">The judgments.</param>
    /// <param name="run">What a system found. The order of its hits and queries does not matter to the metrics.</param>
    /// <param name="options">Null for MTEB's cut-offs and nothing removed.</param>
    /// <exception cref="EvaluationException">A score is NaN, or run and judgments have no query in common.</exception>
    public static RetrievalScores Evaluate(Qrels qrels, RetrievalRun run, EvaluationOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(qrels);
        ArgumentNullException.ThrowIfNull(run);
        List<string> withoutRun = [.. qrels.QueryIds.Where(query => !run.Contains(query))];
        List<string> withoutJudgments = [.. run.QueryIds.Where(query => !qrels.Contains(query))];
        if (withoutJudgments.Count == run.QueryIds.Count)
        {
            throw new EvaluationException(
                $"the run and the judgments have no query in common ({run.QueryIds.Count} in the run, {qrels.QueryIds.Count} judged), so there is nothing to score. Check that both belong to the same data and split.");
        }

        var scorer = new RunScorer(qrels, run, options ?? EvaluationOptions.Default);
        foreach (string query in run.QueryIds.Where(qrels.Contains))
            scorer.Add(query, run[query], qrels[query]);
        return scorer.Complete(withoutRun, withoutJudgments);
    }
}
