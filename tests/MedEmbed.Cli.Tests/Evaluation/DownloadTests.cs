using System.Text.Json;
using MedEmbed.Cli.Tests.Running;
using MedEmbed.Tests.Hub;

namespace MedEmbed.Cli.Tests.Evaluation;

public sealed class DownloadTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly LoopbackHub _hub = new()
    {
        Repository = "mteb/nfcorpus",
        IsDataset = true,
        Commit = "ec0fa4fe99da2ff19ca1214b7966684033a58814",
        Files = new Dictionary<string, byte[]>
        {
            ["corpus.jsonl"] = Lines("""{"_id":"d1","title":"Asthma","text":"inhaler"}""", """{"_id":"d2","title":"","text":"fever and cough"}"""),
            ["queries.jsonl"] = Lines("""{"_id":"q1","text":"asthma"}""", """{"_id":"q2","text":"cough"}"""),
            ["qrels/test.jsonl"] = Lines("""{"query-id":"q1","corpus-id":"d1","score":1.0}""", """{"query-id":"q2","corpus-id":"d2","score":2.0}"""),
        },
    };

    private string Data => _folder.File("benchmarks");

    public void Dispose()
    {
        _hub.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task MissingDataIsFetchedToldWithItsLicenceAndNotFetchedAgain()
    {
        CommandResult first = (await EvaluateAsync("--json")).Expect(0);
        JsonElement result = first.Json.GetProperty("results")[0];
        Assert.Equal(1.0, result.GetProperty("ndcg_at10").GetDouble());
        Assert.Equal("data differs from the registered copy", result.GetProperty("note").GetString());
        foreach (string told in (string[])["mteb/nfcorpus", _hub.Commit, Path.Combine(Data, "nfcorpus"), "Licence: academic use", "NOT what MTEB states"])
            Assert.Contains(told, first.Error, StringComparison.Ordinal);

        int requests = _hub.HubRequests.Length;
        Assert.DoesNotContain("mteb/nfcorpus", (await EvaluateAsync()).Expect(0).Error, StringComparison.Ordinal);
        Assert.Equal(requests, _hub.HubRequests.Length);
    }

    [Fact]
    public async Task OfflineIsRefusedBeforeAnythingIsAsked()
    {
        string error = (await RunAsync(Medembed.With("MEDEMBED_OFFLINE", "1"))).ExpectUsageError();
        Assert.Contains("MEDEMBED_OFFLINE=1", error, StringComparison.Ordinal);
        Assert.Empty(_hub.HubRequests);
        Assert.False(Directory.Exists(Data));
    }

    [Fact]
    public async Task AnUnknownDatasetIsWrongInputAndAWrongChecksumAFailure()
    {
        _hub.Alter = (request, reply) => request.Path.StartsWith("/datasets/", StringComparison.Ordinal) ? reply with { Body = [.. reply.Body.Reverse()] } : reply;
        Assert.Contains("git blob SHA-1", (await EvaluateAsync()).Expect(1).Error, StringComparison.Ordinal);
        _hub.Alter = (_, _) => ServerReply.Text(404);
        Assert.Contains("not found", (await EvaluateAsync()).ExpectUsageError(), StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(Data, "nfcorpus")));
    }

    [Theory]
    [InlineData("evaluate --system bm25 --tasks NFCorpus --download", "--data")]
    [InlineData("evaluate --run r --qrels q --download", "--tasks")]
    public async Task DownloadWithoutAPlaceOrTasksIsWrongUsage(string line, string told) =>
        Assert.Contains(told, (await Medembed.RunAsync(line.Split(' '))).ExpectUsageError(), StringComparison.Ordinal);

    private Medembed Medembed => new Medembed(_folder.File("cache")).With("MEDEMBED_HUB_ENDPOINT", _hub.Endpoint.ToString());

    private Task<CommandResult> EvaluateAsync(params string[] options) => RunAsync(Medembed, options);

    private Task<CommandResult> RunAsync(Medembed medembed, params string[] options) =>
        medembed.RunAsync(["evaluate", "--system", "bm25", "--tasks", "NFCorpus", "--data", Data, "--output", _folder.File("results"), "--download", .. options]);

    private static byte[] Lines(params string[] lines) => System.Text.Encoding.UTF8.GetBytes(string.Join('\n', lines) + "\n");
}
