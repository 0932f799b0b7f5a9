using MedEmbed.Data.Judgments;
using MedEmbed.Evaluation.Systems;
using MedEmbed.Evaluation.Tasks;
using MedEmbed.Retrieval.Flat;

namespace MedEmbed.Evaluation.Tests.Systems;

public class CombinedSystemTests
{
    private static readonly (string Id, string Text)[] Documents =
    [
        ("d1", "asthma inhaler dose"), ("d2", "asthma in children"), ("d3", "broken wrist"), ("d4", "inhaler"), ("d5", "inhaler"),
    ];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Bm25FindsDocumentsWithAWordOfTheQueryAndBreaksTiesByIdDescending()
    {
        RetrievalRun run = await new Bm25System().SearchAsync(Data(), 10, new SilentStages(), Cancellation);
        Assert.Equal(["d1", "d2", "d5", "d4"], Ids(run, "q"));
        Assert.Equal(run["q"][2].Score, run["q"][3].Score);
    }

    [Fact]
    public async Task Bm25RanksEveryCandidateAlsoThoseWithoutAWordOfTheQuery()
    {
        var data = new RetrievalData(Documents, [("q", "inhaler")], Qrels.Create([new("q", "d4", 1)]), new Dictionary<string, int[]> { ["q"] = [2, 3, 1] });
        RetrievalRun run = await new Bm25System().SearchAsync(data, 10, new SilentStages(), Cancellation);
        Assert.Equal(["d4", "d3", "d2"], Ids(run, "q"));
        Assert.Equal(0, run["q"][2].Score);
    }

    [Fact]
    public async Task HybridScoresAreTheSumOfTheReciprocalRanksOfBoth()
    {
        var encoder = new WordEncoder();
        var dense = new DenseSystem(encoder.Model(), PromptSetting.None);
        var hybrid = new HybridSystem(dense, new Bm25System());
        RetrievalRun run = await hybrid.SearchAsync(Data(), 10, new SilentStages(), Cancellation);
        string[] byMeaning = Ids(await dense.SearchAsync(Data(), 10, new SilentStages(), Cancellation), "q");
        string[] byWords = Ids(await new Bm25System().SearchAsync(Data(), 10, new SilentStages(), Cancellation), "q");

        Assert.Equal(5, run["q"].Count);
        for (int i = 0; i < run["q"].Count; i++)
        {
            string id = run["q"][i].DocumentId;
            Assert.Equal(Reciprocal(byMeaning, id) + Reciprocal(byWords, id), run["q"][i].Score, 1e-12);
        }

        Assert.Equal("words+no-prompt+hybrid", hybrid.Description.ResultName);
        Assert.NotEqual(dense.Description.SettingsHash, hybrid.Description.SettingsHash);
    }

    [Fact]
    public async Task RescoringRanksTheFirstStagesCandidatesByTheModelAlone()
    {
        var encoder = new WordEncoder();
        var dense = new DenseSystem(encoder.Model(), PromptSetting.None);
        RetrievalRun rescored = await new RescoringSystem(new Bm25System(), dense, depth: 3).SearchAsync(Data(), 10, new SilentStages(), Cancellation);
        string[] candidates = Ids(await new Bm25System().SearchAsync(Data(), 3, new SilentStages(), Cancellation), "q");
        string[] byMeaning = Ids(await dense.SearchAsync(Data(), 10, new SilentStages(), Cancellation), "q");

        Assert.Equal(byMeaning.Where(candidates.Contains), Ids(rescored, "q"));
    }

    [Theory, InlineData(StoredVectors.Int8), InlineData(StoredVectors.Binary)]
    public async Task AnIndexThatScoresAllItsCandidatesAgainInFullFindsWhatExactSearchDoes(StoredVectors vectors)
    {
        var dense = new DenseSystem(new WordEncoder().Model(), PromptSetting.None);
        var quantised = new QuantizedSystem(dense, vectors, RescoreVectors.F32);
        RetrievalRun exact = await dense.SearchAsync(Data(), 5, new SilentStages(), Cancellation);
        Assert.Equal(Ids(exact, "q"), Ids(await quantised.SearchAsync(Data(), 5, new SilentStages(), Cancellation), "q"));
        Assert.Equal($"words+no-prompt+vectors-{vectors.ToString().ToLowerInvariant()}-rescore-f32", quantised.Description.ResultName);
    }

    [Fact]
    public async Task AJudgedListNeedsNoIndex()
    {
        var data = new RetrievalData(Documents, [("q", "inhaler")], Qrels.Create([new("q", "d4", 1)]), new Dictionary<string, int[]> { ["q"] = [2, 3, 1] });
        var quantised = new QuantizedSystem(new DenseSystem(new WordEncoder().Model(), PromptSetting.None), StoredVectors.Int8, RescoreVectors.None);
        await Assert.ThrowsAsync<EvaluationException>(() => quantised.SearchAsync(data, 5, new SilentStages(), Cancellation));
    }

    private static RetrievalData Data() => new(Documents, [("q", "asthma inhaler dose")], Qrels.Create([new("q", "d1", 1)]));

    private static string[] Ids(RetrievalRun run, string query) => [.. Enumerable.Range(0, run[query].Count).Select(i => run[query][i].DocumentId)];

    private static double Reciprocal(string[] ranking, string id) => Array.IndexOf(ranking, id) is >= 0 and int position ? 1.0 / (60 + position + 1) : 0;
}
