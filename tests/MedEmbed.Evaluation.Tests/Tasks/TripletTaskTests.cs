using MedEmbed.Data;
using MedEmbed.Evaluation.Tasks;

namespace MedEmbed.Evaluation.Tests.Tasks;

public class TripletTaskTests
{
    [Fact]
    public async Task EveryPassageOfTheFileIsSearchedAndAllPositivesOfAQueryAreRelevant()
    {
        RetrievalData data = await ReadAsync("triplets.jsonl", """
            {"query_id":"q1","query":"What is gout?","pos":["Gout is arthritis."],"neg":["Asthma narrows airways.","A wrist may break."]}
            {"query_id":"q2","query":"asthma","pos":["asthma narrows AIRWAYS"],"neg":[]}
            {"query_id":"q1","query":"what is gout","pos":["Crystals form in joints."],"neg":["Gout is arthritis."]}
            """);
        Assert.Equal(["q1", "q2"], data.QueryIds);
        Assert.Equal(4, data.DocumentIds.Count);
        Assert.Equal(["Gout is arthritis.", "Crystals form in joints."], Relevant(data, "q1"));
        // The first writing of a passage stands for all.
        Assert.Equal(["Asthma narrows airways."], Relevant(data, "q2"));
        Assert.Null(data.Candidates);
    }

    [Fact]
    public async Task PairsAreATaskOverTheirPositivesAndNoTwoQueriesShareAnId()
    {
        RetrievalData data = await ReadAsync("pairs.jsonl", """
            {"query_id":"a","query":"fever","positive":"Temperature above 38."}
            {"query_id":"a","query":"cough","positive":"Air leaves in bursts."}
            {"query":"chill","positive":"Temperature above 38."}
            """);
        Assert.Equal(["a", "line-2", "2"], data.QueryIds);
        Assert.Equal(2, data.DocumentIds.Count);
        Assert.Equal(Relevant(data, "a"), Relevant(data, "2"));
    }

    [Fact]
    public async Task AFileOfAnotherFormIsAnErrorThatNamesItsFields()
    {
        DataFormatException error = await Assert.ThrowsAsync<DataFormatException>(() => ReadAsync("other.jsonl", """{"frage":"a","antwort":"b"}"""));
        Assert.Contains("\"frage\"", error.Message, StringComparison.Ordinal);
    }

    private static async Task<RetrievalData> ReadAsync(string name, string lines)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File(name), lines);
        RetrievalTask task = Assert.Single(TaskSelection.Resolve([folder.File(name)], null, "test"));
        return await TaskReader.ReadAsync(task, "test", TestContext.Current.CancellationToken);
    }

    private static string[] Relevant(RetrievalData data, string query) =>
        [.. data.Qrels.Enumerate().Where(judgment => judgment.QueryId == query).Select(judgment => data.Documents.Texts[data.Documents.OfItem[data.DocumentIds.ToList().IndexOf(judgment.DocumentId)]])];
}
