using MedEmbed.Data.Judgments;

namespace MedEmbed.Data.Tests.Judgments;

public sealed class JudgedListTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task QueriesComeWithTheirGradedPassages()
    {
        string path = _folder.Write("j.jsonl.gz", """
            {"query_id":"j1","query":"children","query_type":"topic","passages":[{"text":"a","grade":3,"from":"x"},{"grade":0,"text":""}]}
            {"query":"flu","passages":[{"text":"b","grade":1}]}
            """);
        List<JudgedQuery> queries = await ReadAsync(path);
        Assert.Equal(["j1", "1"], queries.Select(query => query.QueryId));
        Assert.Equal(["topic", null], queries.Select(query => query.QueryType));
        Assert.Equal([new JudgedPassage("a", 3), new JudgedPassage("", 0)], queries[0].Passages);
    }

    [Theory]
    [InlineData("""{"query_id":"j1","passages":[{"text":"a","grade":3}]}""", "\"query\"")]
    [InlineData("""{"query":"a"}""", "\"passages\"")]
    [InlineData("""{"query":"a","passages":[]}""", "\"passages\"")]
    [InlineData("""{"query":"a","passages":["x"]}""", "array of objects")]
    [InlineData("""{"query":"a","passages":{}}""", "an array")]
    [InlineData("""{"query":"a","passages":[{"text":"a"}]}""", "passages.grade")]
    [InlineData("""{"query":"a","passages":[{"grade":1}]}""", "passages.text")]
    [InlineData("""{"query":"a","passages":[{"text":"a","grade":1.5}]}""", "whole number")]
    [InlineData("""{"query":"a","passages":[{"text":"a","grade":1}]""", "broken JSON")]
    public async Task AFaultNamesTheField(string line, string expected)
    {
        DataFormatException error = await Assert.ThrowsAsync<DataFormatException>(() => ReadAsync(_folder.Write("j.jsonl", line)));
        Assert.Equal(1, error.Line);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Fact, Trait("Category", "Golden")]
    public async Task TheSharedJudgedListsAreReadWhole()
    {
        foreach (string path in Directory.EnumerateFiles(SharedFiles.Require("data/train/judged"), "*.jsonl"))
        {
            List<JudgedQuery> queries = await ReadAsync(path);
            Assert.Equal(File.ReadLines(path).Count(), queries.Count);
            Assert.All(queries, query => Assert.All(query.Passages, passage => Assert.InRange(passage.Grade, 0, 3)));
        }
    }

    private static async Task<List<JudgedQuery>> ReadAsync(string path)
    {
        List<JudgedQuery> queries = [];
        await foreach (JudgedQuery query in new JudgedListReader(path).ReadAsync(TestContext.Current.CancellationToken))
            queries.Add(query);
        return queries;
    }
}
