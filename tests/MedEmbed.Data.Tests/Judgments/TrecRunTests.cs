using System.Globalization;
using System.Text;
using CsCheck;
using MedEmbed.Data.Judgments;

namespace MedEmbed.Data.Tests.Judgments;

public sealed class TrecRunTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void ScoresReadBackToTheSameDouble() =>
        Gen.Select(Gen.Int[0, 3], Gen.Int[0, 10_000], Gen.Double).Array[1, 30].Sample(hits =>
        {
            RetrievalRunBuilder builder = new();
            foreach ((int query, int document, double score) in hits.DistinctBy(hit => (hit.Item1, hit.Item2)))
                builder.Add($"q{query}", $"d{document}", score);
            RetrievalRun run = builder.Build();
            RetrievalRun again = RoundTripAsync(run).GetAwaiter().GetResult();
            Assert.Equal(run.QueryIds, again.QueryIds);
            foreach (string query in run.QueryIds)
                Assert.Equal(HitsOf(run[query]), HitsOf(again[query]));
        }, iter: 200);

    [Fact]
    public async Task TheRankColumnIsNotTrustedAndWhiteSpaceMayVary()
    {
        RetrievalRun run = await ReadAsync("q Q0 b 9 0.25 x\r\nq\tQ0\ta  1 1e-3 x\nq Q0 c zz -inf x\nq Q0 d 1 NaN x\n");
        Assert.Equal([new Hit("b", 0.25), new Hit("a", 0.001), new Hit("c", double.NegativeInfinity), new Hit("d", double.NaN)], HitsOf(run["q"]));
        Assert.Equal(0, run["other"].Count);
    }

    [Theory]
    [InlineData("q Q0 d 1 0.5\n", 1, "5 columns")]
    [InlineData("q Q0 d 1 0.5 t\nq Q0 e 1 0,5 t\n", 2, "\"0,5\"")]
    [InlineData("q Q0 d 1 0.5 t more\n", 1, "7 columns")]
    [InlineData("q Q0 d 1 0.5 t\nq Q0 e 2 0.5 t\nq Q0 d 3 0.1 t\n", null, "\"d\" twice")]
    [InlineData("", null, "no hits")]
    public async Task AFaultNamesFileLineAndRule(string content, int? line, string expected)
    {
        DataFormatException error = await Assert.ThrowsAsync<DataFormatException>(() => ReadAsync(content));
        Assert.Equal(line, error.Line);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ATurkishCultureChangesNothing()
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo("tr-TR");
            RetrievalRunBuilder builder = new();
            builder.Add("I", "i", -1234567.125);
            RetrievalRun run = builder.Build();
            using MemoryStream output = new();
            TrecRunFile.Write(run, output);
            Assert.Equal("I Q0 i 1 -1234567.125 medembed\n", Encoding.UTF8.GetString(output.ToArray()));
            Assert.Equal(-1234567.125, (await RoundTripAsync(run))["I"].Scores[0]);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void QueriesWithoutHitsStayInTheRunAndABuilderMakesOneRun()
    {
        RetrievalRunBuilder builder = new();
        builder.AddQuery("none");
        builder.Add("q", "d", 1);
        builder.AddQuery("q");
        RetrievalRun run = builder.Build();
        Assert.Equal(["none", "q"], run.QueryIds);
        Assert.Equal((0, 1, 1L), (run["none"].Count, run["q"].Count, run.HitCount));
        Assert.Throws<InvalidOperationException>(() => builder.Add("q", "e", 1));
        Assert.Throws<InvalidOperationException>(builder.Build);
    }

    [Fact, Trait("Category", "Golden")]
    public async Task GoldenRunsAndQrelsAreReadWhole()
    {
        foreach (string folder in Directory.EnumerateDirectories(SharedFiles.Require("golden/metrics")))
        {
            CancellationToken token = TestContext.Current.CancellationToken;
            RetrievalRun run = await TrecRunFile.ReadAsync(Path.Combine(folder, "run.txt"), cancellationToken: token);
            Qrels qrels = await QrelsFile.ReadAsync(Path.Combine(folder, "qrels.txt"), cancellationToken: token);
            string[][] lines = [.. (await File.ReadAllLinesAsync(Path.Combine(folder, "run.txt"), token)).Select(line => line.Split(' '))];
            Assert.Equal(lines.Length, run.HitCount);
            Assert.Equal((await File.ReadAllLinesAsync(Path.Combine(folder, "qrels.txt"), token)).Length, qrels.Count);
            foreach (IGrouping<string, string[]> query in lines.GroupBy(line => line[0]))
                Assert.Equal(query.Select(line => new Hit(line[2], double.Parse(line[4], CultureInfo.InvariantCulture))), HitsOf(run[query.Key]));
        }
    }

    private static List<Hit> HitsOf(QueryHits hits) => [.. Enumerable.Range(0, hits.Count).Select(i => hits[i])];

    private Task<RetrievalRun> ReadAsync(string content) =>
        TrecRunFile.ReadAsync(_folder.Write("run.txt", content), cancellationToken: TestContext.Current.CancellationToken);

    private static async Task<RetrievalRun> RoundTripAsync(RetrievalRun run)
    {
        using TemporaryFolder folder = new();
        using MemoryStream output = new();
        TrecRunFile.Write(run, output);
        return await TrecRunFile.ReadAsync(folder.Write("run.txt", output.ToArray()));
    }
}
