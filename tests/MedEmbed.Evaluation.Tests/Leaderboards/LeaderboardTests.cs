using System.Text.Json.Nodes;
using MedEmbed.Evaluation.Leaderboards;
using MedEmbed.Evaluation.Significance;

namespace MedEmbed.Evaluation.Tests.Leaderboards;

public sealed class LeaderboardTests : IDisposable
{
    private readonly SyntheticResults _results = new();

    public void Dispose() => _results.Dispose();

    [Fact]
    public void TheMeanIsThereOnlyWhereAllTasksAre()
    {
        _results.Write("whole", "A", new JsonObject { ["ndcg_at_10"] = 0.25 });
        _results.Write("whole", "B", new JsonObject { ["ndcg_at_10"] = 0.75 });
        _results.Write("half", "A", new JsonObject { ["ndcg_at_10"] = 0.9 });

        Leaderboard leaderboard = Read();

        Assert.Equal(["whole", "half"], leaderboard.Rows.Select(static row => row.Title));
        Assert.Equal(0.5, leaderboard.Rows[0].Mean("ndcg_at_10"));
        Assert.Null(leaderboard.Rows[1].Mean("ndcg_at_10"));
    }

    [Fact]
    public void HeadToHeadCountsEveryTaskAndMetricThatBothHave()
    {
        // A: first wins ndcg, loses map, ties mrr; recall is only the first's. B: first wins ndcg. nAUC, main_score and accuracy do not count.
        _results.Write("first", "A", new JsonObject { ["ndcg_at_10"] = 0.5, ["map_at_10"] = 0.1, ["mrr_at_10"] = 0.3, ["recall_at_5"] = 1, ["nauc_ndcg_at_10_max"] = 1, ["main_score"] = 0.5, ["accuracy"] = 1 });
        _results.Write("first", "B", new JsonObject { ["ndcg_at_10"] = 0.9 });
        _results.Write("second", "A", new JsonObject { ["ndcg_at_10"] = 0.4, ["map_at_10"] = 0.2, ["mrr_at_10"] = 0.3, ["nauc_ndcg_at_10_max"] = 0, ["main_score"] = 0.4, ["accuracy"] = 0 });
        _results.Write("second", "B", new JsonObject { ["ndcg_at_10"] = 0.8 });

        HeadToHeadMatrix matrix = Read().HeadToHead;

        Assert.Equal(new HeadToHead(Wins: 2, Ties: 1, Losses: 1), matrix[0, 1]);
        Assert.Equal(new HeadToHead(Wins: 1, Ties: 1, Losses: 2), matrix[1, 0]);
        Assert.Equal(0.5, matrix.WinShare(0));
    }

    [Fact]
    public void ResultsOnDifferentDataAreNotRankedAgainstEachOther()
    {
        double[] queries = [0.1, 0.2, 0.3];
        _results.Write("slice", "A", new JsonObject { ["ndcg_at_10"] = 0.9 }, note: "slice of 10", perQuery: queries);
        _results.Write("other-hash", "A", new JsonObject { ["ndcg_at_10"] = 0.7 }, perQuery: queries, dataHash: "e");
        _results.Write("full", "A", new JsonObject { ["ndcg_at_10"] = 0.5 }, perQuery: queries);

        Leaderboard leaderboard = Read();

        Assert.Empty(leaderboard.Comparisons);
        Assert.Equal(0, leaderboard.HeadToHead[0, 1].Compared);
        Assert.All(Enumerable.Range(0, 3), row => Assert.False(leaderboard.IsBest(row, 0, "ndcg_at_10")));
        Assert.Equal(["slice of 10"], leaderboard.Notes.Select(static note => note.Text));
    }

    [Fact]
    public void KnownDifferencesGiveTheExactPValueCorrectedOverAllComparisons()
    {
        // Four queries, all in favour of the first: 2 of 16 sign assignments are as large. Holm over two comparisons doubles the smaller p.
        _results.Write("a", "A", new JsonObject { ["ndcg_at_10"] = 0.5 }, perQuery: [0.5, 0.5, 0.5, 0.5]);
        _results.Write("b", "A", new JsonObject { ["ndcg_at_10"] = 0.4 }, perQuery: [0.4, 0.3, 0.2, 0.1]);
        _results.Write("a", "B", new JsonObject { ["ndcg_at_10"] = 0.5 }, perQuery: [0.5, 0.1, 0.2]);
        _results.Write("b", "B", new JsonObject { ["ndcg_at_10"] = 0.4 }, perQuery: [0.1, 0.5, 0.2]);

        IReadOnlyList<TaskComparison> comparisons = Read().Comparisons;

        Assert.Equal([0.125, 1], comparisons.Select(static comparison => comparison.Paired.Randomization.PValue));
        Assert.Equal([0.25, 1], comparisons.Select(static comparison => comparison.CorrectedPValue));
        Assert.Equal(0.25, comparisons[0].Paired.MeanDifference, 1e-12);
        Assert.Equal(new HeadToHead(Wins: 4, Ties: 0, Losses: 0), comparisons[0].Paired.PerQuery);
        Assert.Equal(new HeadToHead(Wins: 1, Ties: 1, Losses: 1), comparisons[1].Paired.PerQuery);
        Assert.All(comparisons, static comparison => Assert.False(comparison.IsSignificant));
    }

    [Fact]
    public void BenjaminiHochbergAndTheLevelAreTaken()
    {
        foreach (string task in (string[])["A", "B"])
        {
            _results.Write("a", task, new JsonObject { ["ndcg_at_10"] = 0.5 }, perQuery: [0.5, 0.5, 0.5, 0.5]);
            _results.Write("b", task, new JsonObject { ["ndcg_at_10"] = 0.4 }, perQuery: [0.4, 0.3, 0.2, 0.1]);
        }

        IReadOnlyList<TaskComparison> comparisons = Read(new LeaderboardOptions { Correction = PValueCorrection.BenjaminiHochberg, SignificanceLevel = 0.2 }).Comparisons;

        Assert.All(comparisons, static comparison => Assert.Equal(0.125, comparison.CorrectedPValue));
        Assert.All(comparisons, static comparison => Assert.True(comparison.IsSignificant));
    }

    [Theory]
    [InlineData("NFCorpus", """["mteb/nfcorpus"]""", true)]
    [InlineData("TRECCOVID", """{"TREC-COVID": ["train"]}""", true)]
    [InlineData("MedicalQARetrieval", """["owner/medical_qa"]""", true)]
    [InlineData("NFCorpus", """["nfcorpus-translated", "MSMARCO"]""", false)]
    [InlineData("NFCorpus", "null", false)]
    public void TasksNamedAsTrainingDataAreMarked(string task, string datasets, bool contaminated)
    {
        _results.Write("model", task, new JsonObject { ["ndcg_at_10"] = 0.5 });
        _results.WriteMeta("model", $$"""{"name": "model", "training_datasets": {{datasets}}}""");

        Assert.Equal(contaminated, Read().Rows[0].Cells[0]!.Contaminated);
    }

    [Fact]
    public void PromptsOfEachScoreAreKeptAndUnknownWhereTheFileDoesNotSay()
    {
        _results.Write("ours", "A", new JsonObject { ["ndcg_at_10"] = 0.5 }, queryPrompt: "find: ");
        _results.Write("ours", "B", new JsonObject { ["ndcg_at_10"] = 0.5 });
        _results.WriteMteb("theirs", "A", new JsonObject { ["ndcg_at_10"] = 0.4 });

        IReadOnlyList<LeaderboardRow> rows = Read().Rows;

        Assert.Equal("query: “find: ” (A); none (B)", rows[0].Prompts);
        Assert.Equal("unknown", rows[1].Prompts);
    }

    [Fact]
    public void PublishedScoresStandBesideAndAreNeitherTestedNorCountedHeadToHead()
    {
        _results.Write("ours", "A", new JsonObject { ["ndcg_at_10"] = 0.5 }, perQuery: [0.5]);
        string published = _results.WritePublished("""
            {"note": "read in May", "results": [
              {"model": "theirs", "parameters_millions": 33, "source": "a paper", "prompts": "none", "ndcg_at_10": {"A": 0.6, "Not measured": 0.1}},
              {"model": "elsewhere", "source": "a paper", "ndcg_at_10": {"Not measured": 0.1}}]}
            """);

        Leaderboard leaderboard = Read(new LeaderboardOptions { PublishedFile = published });

        Assert.Equal(["A"], leaderboard.Tasks.Select(static task => task.Title));
        Assert.Equal(["ours", "theirs"], leaderboard.Rows.Select(static row => row.Title));
        Assert.Equal(new PublishedSource("a paper", "read in May"), leaderboard.Rows[1].System.Published);
        Assert.Equal("none", leaderboard.Rows[1].Prompts);
        Assert.Single(leaderboard.HeadToHead.Rows);
        Assert.Empty(leaderboard.Comparisons);
        Assert.True(leaderboard.IsBest(1, 0, "ndcg_at_10"));
    }

    [Fact]
    public void SplitsHaveColumnsOfTheirOwnWithTheirOwnQueries()
    {
        foreach (string model in (string[])["a", "b"])
        {
            _results.WriteFile($"{model}/abcdef123456/A.json", """
                {"task_name": "A", "scores": {"test": [{"ndcg_at_10": 0.5, "hf_subset": "default"}], "dev": [{"ndcg_at_10": 0.25, "hf_subset": "default"}]},
                 "medembed": {"split": "test", "per_query": {"t": {"ndcg_at_10": 0.5}}, "other_splits": {"dev": {"split": "dev", "per_query": {"d1": {"ndcg_at_10": 0.25}, "d2": {"ndcg_at_10": 0.25}}}}}}
                """);
        }

        Leaderboard leaderboard = Read();

        Assert.Equal(["A (dev)", "A"], leaderboard.Tasks.Select(static task => task.Title));
        Assert.Equal([2, 1], leaderboard.Comparisons.Select(static comparison => comparison.Paired.Queries));
    }

    private Leaderboard Read(LeaderboardOptions? options = null) => Leaderboard.Read([_results.Results], options, TestContext.Current.CancellationToken);
}
