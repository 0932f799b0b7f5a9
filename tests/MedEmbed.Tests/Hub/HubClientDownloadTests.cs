using MedEmbed.Hub;

namespace MedEmbed.Tests.Hub;

public sealed class HubClientDownloadTests : IDisposable
{
    private const string Weights = "model.safetensors";

    private readonly LoopbackHub _hub = new();
    private readonly TemporaryFolder _folder = new();

    private string Destination => _folder.File("weights");

    public void Dispose()
    {
        _hub.Dispose();
        _folder.Dispose();
    }

    [Theory, InlineData(1), InlineData(2), InlineData(3), InlineData(4), InlineData(5)]
    public async Task DroppedConnectionsAreContinuedWithoutFetchingAByteTwice(int seed)
    {
        var random = new Random(seed);
        int drops = 4;
        _hub.Alter = (request, reply) => IsWeights(request) && drops-- > 0 ? reply with { DropAfter = random.Next(reply.Body.Length) } : reply;
        await DownloadAsync(Weights);

        Assert.Equal(_hub.Files[Weights], File.ReadAllBytes(Destination));
        var requests = _hub.RequestsFor(Weights);
        Assert.Equal(5, requests.Length);
        Assert.Equal(_hub.Files[Weights].Length, requests.Sum(request => request.Sent));
        Assert.All(requests.Index().Skip(1), next => Assert.Equal(requests[next.Index - 1].From + requests[next.Index - 1].Sent, next.Item.From));
    }

    [Fact]
    public async Task ResetConnectionsAreContinued()
    {
        var random = new Random(7);
        int resets = 5;
        _hub.Alter = (request, reply) => IsWeights(request) && resets-- > 0 ? reply with { DropAfter = random.Next(reply.Body.Length), Reset = true } : reply;
        await DownloadAsync(Weights);
        Assert.Equal(_hub.Files[Weights], File.ReadAllBytes(Destination));
    }

    [Fact]
    public async Task ServerThatIgnoresRangesSendsTheWholeFileAnew()
    {
        bool first = true;
        _hub.Alter = (request, reply) => !IsWeights(request) ? reply : new ServerReply(200, _hub.Files[Weights]) { DropAfter = Once(ref first) ? 100_000 : null };
        await DownloadAsync(Weights);
        Assert.Equal(_hub.Files[Weights], File.ReadAllBytes(Destination));
        Assert.Equal([0, 100_000], _hub.RequestsFor(Weights).Select(request => request.From));
    }

    [Fact]
    public async Task RangeOtherThanAskedForIsNotAppended()
    {
        int attempt = 0;
        _hub.Alter = (request, reply) => !IsWeights(request) ? reply : ++attempt switch
        {
            1 => reply with { DropAfter = 100_000 },
            2 => new ServerReply(206, _hub.Files[Weights][99_000..]).With("Content-Range", "bytes 99000-299999/300000"),
            _ => reply,
        };
        await DownloadAsync(Weights);
        Assert.Equal(_hub.Files[Weights], File.ReadAllBytes(Destination));
    }

    [Fact]
    public async Task BodyThatEndsEarlyWithoutALengthIsContinued()
    {
        bool first = true;
        _hub.Alter = (request, reply) => IsWeights(request) && Once(ref first) ? reply with { WithoutLength = true, DropAfter = 70_000 } : reply;
        await DownloadAsync(Weights);
        Assert.Equal(_hub.Files[Weights], File.ReadAllBytes(Destination));
        Assert.Equal([0, 70_000], _hub.RequestsFor(Weights).Select(request => request.From));
    }

    [Theory, InlineData(Weights), InlineData("tokenizer.json")]
    public async Task WrongContentIsDiscardedAndFetchedOnceMore(string path)
    {
        bool first = true;
        _hub.Alter = (_, reply) => reply.Body.Length == _hub.Files[path].Length && Once(ref first) ? reply with { Body = LoopbackHub.RandomBytes(reply.Body.Length, 99) } : reply;
        await DownloadAsync(path);
        Assert.Equal(_hub.Files[path], File.ReadAllBytes(Destination));
    }

    [Theory, InlineData(Weights), InlineData("tokenizer.json")]
    public async Task ContentThatIsWrongTwiceIsAnErrorAndLeavesNothing(string path)
    {
        _hub.Alter = (_, reply) => reply.Body.Length == _hub.Files[path].Length ? reply with { Body = LoopbackHub.RandomBytes(reply.Body.Length, 99) } : reply;
        var error = await Assert.ThrowsAsync<HubException>(() => DownloadAsync(path));
        Assert.Equal(HubFailure.ChecksumMismatch, error.Failure);
        Assert.Contains(path, error.Message, StringComparison.Ordinal);
        Assert.Equal(2, _hub.RequestsFor(path).Length);
        Assert.Empty(Directory.EnumerateFiles(_folder.Path));
    }

    [Theory, InlineData(299_999, false), InlineData(300_001, false), InlineData(300_001, true)]
    public async Task FileOfAnotherLengthThanListedIsRefused(int length, bool withoutLength)
    {
        _hub.Alter = (request, reply) => IsWeights(request) ? new ServerReply(200, new byte[length]) { WithoutLength = withoutLength } : reply;
        var error = await Assert.ThrowsAsync<HubException>(() => DownloadAsync(Weights));
        Assert.Equal(HubFailure.ChecksumMismatch, error.Failure);
        Assert.Empty(Directory.EnumerateFiles(_folder.Path));
    }

    [Fact]
    public async Task FileThatChangedBetweenAttemptsIsFetchedAnew()
    {
        int attempt = 0;
        _hub.Alter = (request, reply) => IsWeights(request) && attempt++ == 0 ? reply with { Body = LoopbackHub.RandomBytes(reply.Body.Length, 99), DropAfter = 200_000 } : reply;
        await DownloadAsync(Weights);
        Assert.Equal(_hub.Files[Weights], File.ReadAllBytes(Destination));
        Assert.Equal([0, 200_000, 0], _hub.RequestsFor(Weights).Select(request => request.From));
    }

    [Fact]
    public async Task FileThatTheHubNoLongerOffersAsListedIsNotFetched()
    {
        _hub.Alter = (_, reply) => reply.Headers.ContainsKey("X-Linked-ETag") ? reply.With("X-Linked-ETag", $"\"{new string('b', 64)}\"") : reply;
        var error = await Assert.ThrowsAsync<HubException>(() => DownloadAsync(Weights));
        Assert.Equal(HubFailure.ChecksumMismatch, error.Failure);
        Assert.Empty(Directory.EnumerateFiles(_folder.Path));
    }

    [Fact]
    public async Task ExpiredSignatureIsRenewedThroughTheHub()
    {
        bool first = true;
        _hub.Alter = (request, reply) => IsWeights(request) && Once(ref first) ? ServerReply.Text(403) : reply;
        await DownloadAsync(Weights);
        Assert.Equal(_hub.Files[Weights], File.ReadAllBytes(Destination));
        Assert.Equal(2, _hub.HubRequests.Count(request => request.Path.EndsWith(Weights, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task BodyThatStandsStillCountsAsDropped()
    {
        bool first = true;
        var never = new TaskCompletionSource();
        _hub.Alter = (request, reply) => IsWeights(request) && Once(ref first) ? reply with { DropAfter = 80_000, Hold = never.Task } : reply;
        await DownloadAsync(Weights, _hub.Options() with { StallTimeout = TimeSpan.FromMilliseconds(500) });
        never.SetResult();
        Assert.Equal(_hub.Files[Weights], File.ReadAllBytes(Destination));
        Assert.InRange(_hub.RequestsFor(Weights).Length, 2, int.MaxValue);
    }

    [Fact]
    public async Task FilePastTheLimitIsNotAskedFor()
    {
        var error = await Assert.ThrowsAsync<HubException>(() => DownloadAsync(Weights, _hub.Options() with { MaximumFileSize = 299_999 }));
        Assert.Equal(HubFailure.Refused, error.Failure);
        Assert.Empty(_hub.RequestsFor(Weights));
    }

    [Fact]
    public async Task ProgressEndsAtTheFilesLength()
    {
        var progress = new RecordedProgress();
        await DownloadAsync(Weights, progress: progress);
        Assert.Equal(new HubProgress(Weights, 300_000, 300_000), progress.Reports.Last());
        Assert.Equal(progress.Reports.Select(report => report.Bytes).Order(), progress.Reports.Select(report => report.Bytes));
    }

    private bool IsWeights(ServerRequest request) => request.Port != _hub.Endpoint.Port;

    private static bool Once(ref bool first) => first && !(first = false);

    private async Task DownloadAsync(string path, HubOptions? options = null, IProgress<HubProgress>? progress = null)
    {
        using var client = _hub.Client(options);
        var repository = await client.GetRepositoryAsync(LoopbackHub.Id, TestContext.Current.CancellationToken);
        await client.DownloadAsync(repository, repository.Files.Single(file => file.Path == path), Destination, progress, TestContext.Current.CancellationToken);
    }
}
