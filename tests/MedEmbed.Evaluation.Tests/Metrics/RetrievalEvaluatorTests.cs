using System.Text.Json;
using CsCheck;
using MedEmbed.Data.Judgments;
using MedEmbed.Evaluation.Metrics;
using static MedEmbed.Evaluation.Tests.Metrics.Rankings;

namespace MedEmbed.Evaluation.Tests.Metrics;

public class RetrievalEvaluatorTests
{
    private static readonly EvaluationOptions SmallCutoffs = new() { Cutoffs = [1, 2, 3, 7, 30] };

    [Fact]
    public void EveryMetricEqualsItsDefinition() =>
        Rankings.Random.Sample(static sample =>
        {
            RetrievalScores scores = RetrievalEvaluator.Evaluate(sample.Qrels, sample.Run, SmallCutoffs);
            foreach (string metric in scores.MetricNames)
            {
                string[] parts = metric.Split("_at_");
                for (int i = 0; i < scores.Queries.Count; i++)
                {
                    string query = scores.Queries[i];
                    double expected = PlainMetrics.Of(parts[0], int.Parse(parts[1], null), sample.Run[query], sample.Qrels[query]);
                    Assert.Equal(expected, scores.PerQuery(metric)[i], 1e-12);
                }
            }
        });

    [Fact]
    public void TheOrderOfHitsInTheRunDoesNotMatter() =>
        Rankings.Random.Sample(static sample =>
        {
            RetrievalRun reversed = Run([.. sample.Run.QueryIds.Select(query =>
                (query, Enumerable.Range(1, sample.Run[query].Count).Select(i => (sample.Run[query][^i].DocumentId, sample.Run[query][^i].Score)).ToArray()))]);

            RetrievalScores forward = RetrievalEvaluator.Evaluate(sample.Qrels, sample.Run), backward = RetrievalEvaluator.Evaluate(sample.Qrels, reversed);

            foreach (string metric in forward.MetricNames)
                Assert.Equal(forward.PerQuery(metric).ToArray(), backward.PerQuery(metric).ToArray());
        });

    [Fact]
    public void GradesAreGainedLinearlyAndDiscountedByTheLogarithmOfTheRank()
    {
        RetrievalScores scores = RetrievalEvaluator.Evaluate(
            Judged(("q", "a", 3), ("q", "b", 1), ("q", "c", 2), ("q", "d", -1)),
            Run(("q", [("b", 4), ("d", 3), ("a", 2), ("unjudged", 1)])));

        double ideal = 3 + (2 / Math.Log2(3)) + (1 / Math.Log2(4));
        Assert.Equal((1 + (3 / Math.Log2(4))) / ideal, scores.Mean("ndcg_at_10"), 1e-15);
        Assert.Equal((1 + (2.0 / 3)) / 3, scores.Mean("map_at_10"), 1e-15);
    }

    [Fact]
    public void TiesBreakByDocumentIdInUtf8Bytes()
    {
        // As UTF-16, U+1F9EC starts with 0xD83E and would come before U+FFFD; in UTF-8 it comes after it.
        RetrievalScores scores = RetrievalEvaluator.Evaluate(
            Judged(("q", "\U0001F9EC", 1)),
            Run(("q", [("\uFFFD", 0.5), ("\U0001F9EC", 0.5), ("z", 0.5)])));

        Assert.Equal(1, scores.Mean("hit_rate_at_1"));
        Assert.Equal(1, scores.Mean("mrr_at_1"));
    }

    [Fact]
    public void ReciprocalRankComparesDoublesAndTheOthersSingles()
    {
        RetrievalScores scores = RetrievalEvaluator.Evaluate(
            Judged(("q", "a", 1)),
            Run(("q", [("a", 0.30000000000000004), ("b", 0.3)])));

        Assert.Equal(1, scores.Mean("mrr_at_1"));
        Assert.Equal(0, scores.Mean("hit_rate_at_1"));
    }

    [Fact]
    public void InfiniteScoresRankFirstAndLast()
    {
        RetrievalScores scores = RetrievalEvaluator.Evaluate(
            Judged(("q", "last", 1)),
            Run(("q", [("last", double.NegativeInfinity), ("middle", -1e308), ("first", double.PositiveInfinity)])));

        Assert.Equal(1.0 / 3, scores.Mean("mrr_at_10"));
    }

    [Fact]
    public void NaNScoresAreRefusedWithQueryAndDocument()
    {
        EvaluationException error = Assert.Throws<EvaluationException>(static () => RetrievalEvaluator.Evaluate(
            Judged(("q1", "a", 1)), Run(("q1", [("a", 1), ("d7", double.NaN)]))));

        Assert.Contains("query \"q1\", document \"d7\"", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void QueriesOfOneSideAloneAreNamedAndLeftOutOfTheMeans()
    {
        RetrievalScores scores = RetrievalEvaluator.Evaluate(
            Judged(("both", "a", 1), ("only judged", "a", 1)),
            Run(("only run", [("b", 1)]), ("both", [("a", 1)])));

        Assert.Equal(["both"], scores.Queries);
        Assert.Equal(["only judged"], scores.QueriesWithoutRun);
        Assert.Equal(["only run"], scores.QueriesWithoutJudgments);
        Assert.Equal(1, scores.Mean("recall_at_1"));
    }

    [Fact]
    public void QueriesWithoutRelevantDocumentsOrWithoutHitsCountWithZero()
    {
        RetrievalScores scores = RetrievalEvaluator.Evaluate(
            Judged(("good", "a", 1), ("nothing relevant", "a", 0), ("nothing found", "a", 1)),
            Run(("good", [("a", 1)]), ("nothing relevant", [("a", 1), ("b", 2)]), ("nothing found", [])));

        Assert.Equal(1.0 / 3, scores.Mean("ndcg_at_10"), 1e-15);
        Assert.Equal(
            new EvaluationCounts { Evaluated = 3, WithoutRelevant = 1, WithoutHits = 1, Hits = 3, UnjudgedHits = 1, IdenticalIdsRemoved = 0 },
            scores.Counts);
    }

    [Fact]
    public void RunAndJudgmentsWithoutACommonQueryAreRefused() =>
        Assert.Throws<EvaluationException>(static () => RetrievalEvaluator.Evaluate(Judged(("q1", "a", 1)), Run(("q2", [("a", 1)]))));

    [Fact]
    public void IdenticalIdsAreRemovedBeforeMetricsAndConfidences()
    {
        Qrels qrels = Judged(("q1", "a", 1), ("q2", "b", 1), ("q3", "c", 1));
        RetrievalRun with = Run(("q1", [("q1", 9), ("a", 2), ("x", 1)]), ("q2", [("x", 3), ("q2", 7), ("b", 1)]), ("q3", [("q1", 4), ("q2", 2), ("c", 0)]));
        RetrievalRun without = Run(("q1", [("a", 2), ("x", 1)]), ("q2", [("x", 3), ("b", 1)]), ("q3", [("q1", 4), ("q2", 2), ("c", 0)]));

        RetrievalScores removed = RetrievalEvaluator.Evaluate(qrels, with, new EvaluationOptions { IgnoreIdenticalIds = true });

        Assert.Equal(RetrievalEvaluator.Evaluate(qrels, without).ToMteb(), removed.ToMteb());
        Assert.Equal(2, removed.Counts.IdenticalIdsRemoved);
        Assert.NotEqual(RetrievalEvaluator.Evaluate(qrels, with).ToMteb(), removed.ToMteb());
    }

    [Fact]
    public void UndefinedNaucsAreNullInJson()
    {
        RetrievalScores scores = RetrievalEvaluator.Evaluate(Judged(("q", "a", 1)), Run(("q", [("a", 1)])));
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
            scores.WriteMteb(writer);

        using JsonDocument json = JsonDocument.Parse(stream.ToArray());
        Assert.Equal(JsonValueKind.Null, json.RootElement.GetProperty("nauc_ndcg_at_10_max").ValueKind);
        Assert.Equal(1, json.RootElement.GetProperty("accuracy").GetDouble());
    }

    [Theory]
    [InlineData]
    [InlineData(0, 1)]
    [InlineData(3, 3)]
    [InlineData(10, 5)]
    public void CutoffsMustAscendFromOne(params int[] cutoffs) =>
        Assert.Throws<ArgumentException>(() => new EvaluationOptions { Cutoffs = cutoffs });
}
