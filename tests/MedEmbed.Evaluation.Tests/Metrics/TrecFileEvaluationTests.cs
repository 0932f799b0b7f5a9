using MedEmbed.Data;
using MedEmbed.Data.Judgments;
using MedEmbed.Evaluation.Metrics;

namespace MedEmbed.Evaluation.Tests.Metrics;

public sealed class TrecFileEvaluationTests : IDisposable
{
    private const string Run = "q1 Q0 d1 1 0.9 x\nq1 Q0 d2 2 0.8 x\nq2 Q0 d3 1 0.5 x\nq9 Q0 d1 1 0.5 x\n";
    private const string Qrels = "q1 0 d2 1\nq1 0 never-found 2\nq2 0 d3 0\nq3 0 d1 1\n";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task LineEndsAndByteOrderMarksDoNotChangeTheScores()
    {
        RetrievalScores plain = await EvaluateAsync(Qrels, Run);
        RetrievalScores windows = await EvaluateAsync("\uFEFF" + Qrels.ReplaceLineEndings("\r\n"), "\uFEFF" + Run.ReplaceLineEndings("\r\n"));

        Assert.Equal(plain.ToMteb(), windows.ToMteb());
        Assert.Equal(["q1", "q2"], windows.Queries);
    }

    [Fact]
    public async Task AJudgmentThatStandsTwiceCountsOnce()
    {
        RetrievalScores once = await EvaluateAsync(Qrels, Run);
        RetrievalScores twice = await EvaluateAsync(Qrels + "q1 0 d2 1\n", Run);

        Assert.Equal(once.ToMteb(), twice.ToMteb());
    }

    [Fact]
    public async Task WhatTheRunAndTheJudgmentsLackIsReported()
    {
        RetrievalScores scores = await EvaluateAsync(Qrels, Run);

        Assert.Equal(["q3"], scores.QueriesWithoutRun);
        Assert.Equal(["q9"], scores.QueriesWithoutJudgments);
        Assert.Equal(new EvaluationCounts { Evaluated = 2, WithoutRelevant = 1, WithoutHits = 0, Hits = 3, UnjudgedHits = 1, IdenticalIdsRemoved = 0 }, scores.Counts);
        Assert.Equal(0.25, scores.Mean("recall_at_10")); // one of two relevant documents of q1, and q2 with none counts with 0
    }

    [Theory]
    [InlineData("", Run)]
    [InlineData("q1 0 d2\n", Run)]
    [InlineData(Qrels, "q1 Q0 d1 0.9\n")]
    public async Task EmptyFilesAndMissingColumnsAreErrorsThatNameTheFile(string qrels, string run)
    {
        DataFormatException error = await Assert.ThrowsAsync<DataFormatException>(() => EvaluateAsync(qrels, run));

        Assert.StartsWith(_folder.Path, error.Message, StringComparison.Ordinal);
    }

    private async Task<RetrievalScores> EvaluateAsync(string qrels, string run)
    {
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        await File.WriteAllTextAsync(_folder.File("qrels.txt"), qrels, cancellation);
        await File.WriteAllTextAsync(_folder.File("run.txt"), run, cancellation);
        return RetrievalEvaluator.Evaluate(
            await QrelsFile.ReadAsync(_folder.File("qrels.txt"), cancellationToken: cancellation),
            await TrecRunFile.ReadAsync(_folder.File("run.txt"), cancellationToken: cancellation));
    }
}
