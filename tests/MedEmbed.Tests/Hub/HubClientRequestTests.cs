using MedEmbed.Hub;

namespace MedEmbed.Tests.Hub;

public sealed class HubClientRequestTests : IDisposable
{
    private const string Token = "hf_secret";

    private readonly LoopbackHub _hub = new();
    private readonly TemporaryFolder _folder = new();

    public void Dispose()
    {
        _hub.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task ListingGivesCommitSizesAndChecksums()
    {
        var repository = await ListAsync();
        Assert.Equal(_hub.Commit, repository.Commit);
        Assert.Equal(_hub.Files.Keys, repository.Files.Select(file => file.Path));
        Assert.All(repository.Files, file => Assert.Equal(_hub.Files[file.Path].Length, file.Size));
        Assert.Equal(LoopbackHub.Sha256(_hub.Files["model.safetensors"]), repository.Files.Single(file => file.Path == "model.safetensors").Checksum.Hex);
        Assert.False(repository.Files.Single(file => file.Path == "config.json").Checksum.IsSha256);
        Assert.Equal($"/api/models/{LoopbackHub.Model}/revision/main?blobs=true", Assert.Single(_hub.HubRequests).Target);
    }

    [Fact]
    public async Task ADatasetIsListedAndFetchedUnderItsOwnAddressAndIsNoModel()
    {
        using LoopbackHub hub = new() { Repository = "acme/notes", IsDataset = true, Files = new() { ["data/a b.parquet"] = LoopbackHub.RandomBytes(5000) } };
        using HubClient client = hub.Client();
        HubId id = HubId.Parse("acme/notes@v1");
        var repository = await client.GetDatasetAsync(id, TestContext.Current.CancellationToken);
        await client.DownloadAsync(repository, Assert.Single(repository.Files), _folder.File("data"), cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(["/api/datasets/acme/notes/revision/v1?blobs=true", $"/datasets/acme/notes/resolve/{hub.Commit}/data/a%20b.parquet"], hub.HubRequests.Select(request => request.Target));
        Assert.Equal(hub.Files["data/a b.parquet"], await File.ReadAllBytesAsync(_folder.File("data"), TestContext.Current.CancellationToken));
        Assert.Equal(HubFailure.NotFound, (await Assert.ThrowsAsync<HubException>(() => client.GetRepositoryAsync(id, TestContext.Current.CancellationToken))).Failure);
    }

    [Fact]
    public async Task TokenGoesToTheHubAndNotToTheRedirectsTarget()
    {
        await DownloadAsync(_hub.Options() with { Token = Token });
        Assert.All(_hub.HubRequests, request => Assert.Equal($"Bearer {Token}", request.Authorization));
        Assert.NotEmpty(_hub.NetworkRequests);
        Assert.All(_hub.NetworkRequests, request => Assert.Null(request.Authorization));
    }

    [Fact]
    public void TextOfTheOptionsLeavesTheTokenOut() =>
        Assert.DoesNotContain(Token, new HubOptions { Token = Token }.ToString(), StringComparison.Ordinal);

    [Theory]
    [InlineData(401, null, null, HubFailure.Unauthorized, "HF_TOKEN")]
    [InlineData(401, "RepoNotFound", null, HubFailure.Unauthorized, "spelling")]
    [InlineData(401, null, Token, HubFailure.Unauthorized, "does not accept the token")]
    [InlineData(401, "GatedRepo", null, HubFailure.Forbidden, "accept its terms")]
    [InlineData(403, "GatedRepo", Token, HubFailure.Forbidden, "accept its terms")]
    [InlineData(403, null, Token, HubFailure.Forbidden, "HF_TOKEN")]
    [InlineData(404, "RepoNotFound", null, HubFailure.NotFound, "spelling")]
    [InlineData(404, "RevisionNotFound", null, HubFailure.NotFound, "no such revision")]
    [InlineData(400, null, null, HubFailure.Unreachable, "400")]
    public async Task RefusalIsToldWithItsRemedyAndNotRepeated(int status, string? code, string? token, HubFailure failure, string remedy)
    {
        _hub.Alter = (_, _) => code is null ? ServerReply.Text(status) : ServerReply.Text(status).With("X-Error-Code", code);
        var error = await Assert.ThrowsAsync<HubException>(() => ListAsync(_hub.Options() with { Token = token }));
        Assert.Equal(failure, error.Failure);
        Assert.Contains(LoopbackHub.Model, error.Message, StringComparison.Ordinal);
        Assert.Contains(remedy, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Token, error.ToString(), StringComparison.Ordinal);
        Assert.Single(_hub.HubRequests);
    }

    [Fact]
    public async Task TooManyRequestsWaitsAsLongAsTheServerAsks()
    {
        int attempt = 0;
        _hub.Alter = (_, reply) => attempt++ == 0 ? ServerReply.Text(429).With("Retry-After", "17") : reply;
        var time = new RecordedTime();
        await ListAsync(time: time);
        Assert.Equal(TimeSpan.FromSeconds(17), Assert.Single(time.Waits));
    }

    [Fact]
    public async Task WaitLongerThanAllowedIsAnErrorAtOnce()
    {
        _hub.Alter = (_, _) => ServerReply.Text(429).With("Retry-After", "3600");
        var error = await Assert.ThrowsAsync<HubException>(() => ListAsync(time: new RecordedTime()));
        Assert.Equal(HubFailure.Unreachable, error.Failure);
        Assert.Contains("3600 s", error.Message, StringComparison.Ordinal);
        Assert.Single(_hub.HubRequests);
    }

    [Fact]
    public async Task ServerErrorsAreRepeatedWithDoublingWaitsUpToTheLimit()
    {
        _hub.Alter = (_, _) => ServerReply.Text(503);
        var time = new RecordedTime();
        var options = _hub.Options() with { Retries = 4, RetryDelay = TimeSpan.FromSeconds(1), MaximumDelay = TimeSpan.FromSeconds(5) };
        var error = await Assert.ThrowsAsync<HubException>(() => ListAsync(options, time));
        Assert.Equal(HubFailure.Unreachable, error.Failure);
        Assert.Equal(5, _hub.HubRequests.Length);
        Assert.Equal([1, 2, 4, 5], time.Waits.Select(wait => wait.TotalSeconds));
    }

    [Fact]
    public async Task ServerThatClosesWithoutAnAnswerIsGivenUp()
    {
        using var closing = new LoopbackServer(_ => throw new IOException("closes without an answer"));
        var error = await Assert.ThrowsAsync<HubException>(() => ListAsync(_hub.Options() with { Endpoint = new Uri($"http://localhost:{closing.Port}"), Retries = 2 }));
        Assert.Equal(HubFailure.Unreachable, error.Failure);
        Assert.Contains("3 attempts", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ServerThatDoesNotAnswerIsGivenUpAfterTheTimeout()
    {
        using var over = new ManualResetEventSlim();
        _hub.Alter = (_, reply) =>
        {
            over.Wait();
            return reply;
        };
        var error = await Assert.ThrowsAsync<HubException>(() => ListAsync(_hub.Options() with { ResponseTimeout = TimeSpan.FromMilliseconds(100), Retries = 1 }));
        over.Set();
        Assert.Equal(HubFailure.Unreachable, error.Failure);
        Assert.Contains("no answer", error.Message, StringComparison.Ordinal);
    }

    [Theory, InlineData("http://192.0.2.1/file?" + LoopbackHub.Signature), InlineData("ftp://127.0.0.1/file"), InlineData("file:///etc/passwd")]
    public async Task RedirectToAnythingButHttpsIsRefused(string target)
    {
        _hub.Alter = (_, reply) => reply.Status == 302 ? reply.With("Location", target) : reply;
        var error = await Assert.ThrowsAsync<HubException>(() => DownloadAsync());
        Assert.Equal(HubFailure.Refused, error.Failure);
        Assert.DoesNotContain("c0ffee", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task RenamedRepositoryIsFollowedWithTheToken()
    {
        _hub.Alter = (request, reply) => request.Path.Contains("/old-name/", StringComparison.Ordinal)
            ? ServerReply.Text(307).With("Location", request.Target.Replace("old-name", "tiny-medical", StringComparison.Ordinal))
            : reply;
        using var client = _hub.Client(_hub.Options() with { Token = Token });
        var repository = await client.GetRepositoryAsync(HubId.Parse("acme/old-name"), TestContext.Current.CancellationToken);
        Assert.Equal(_hub.Files.Count, repository.Files.Count);
        Assert.Equal($"Bearer {Token}", _hub.HubRequests[^1].Authorization);
    }

    [Fact]
    public async Task EndlessRedirectsEnd()
    {
        _hub.Alter = (request, _) => ServerReply.Text(302).With("Location", request.Target);
        Assert.Equal(HubFailure.Refused, (await Assert.ThrowsAsync<HubException>(() => ListAsync())).Failure);
    }

    [Theory, InlineData("http://huggingface.co"), InlineData("http://192.168.0.1:8080"), InlineData("ftp://localhost")]
    public void EndpointIsHttpsUnlessLoopback(string endpoint) =>
        Assert.Equal(HubFailure.Refused, Assert.Throws<HubException>(() => new HubClient(new HubOptions { Endpoint = new Uri(endpoint) })).Failure);

    [Fact]
    public async Task OfflineClientAsksNothing()
    {
        var error = await Assert.ThrowsAsync<HubException>(() => ListAsync(_hub.Options() with { Offline = true }));
        Assert.Equal(HubFailure.Offline, error.Failure);
        Assert.Contains("MEDEMBED_OFFLINE", error.Message, StringComparison.Ordinal);
        Assert.Empty(_hub.HubRequests);
    }

    [Theory]
    [InlineData("MEDEMBED_OFFLINE", "1", true)]
    [InlineData("MEDEMBED_OFFLINE", "True", true)]
    [InlineData("HF_HUB_OFFLINE", "1", true)]
    [InlineData("MEDEMBED_OFFLINE", "0", false)]
    [InlineData("MEDEMBED_OFFLINE", "", false)]
    public void OfflineIsReadFromTheEnvironment(string variable, string value, bool offline) =>
        Assert.Equal(offline, HubOptions.FromEnvironment(name => name == variable ? value : null).Offline);

    [Fact]
    public void OwnEndpointVariableGoesBeforeTheCommonOne()
    {
        var both = new Dictionary<string, string?>
        {
            ["MEDEMBED_HUB_ENDPOINT"] = "https://hub.example",
            ["HF_ENDPOINT"] = "https://mirror.example",
            ["HF_TOKEN"] = Token + "\n",
        };
        Assert.Equal("https://hub.example/", HubOptions.FromEnvironment(both.GetValueOrDefault).Endpoint.ToString());
        Assert.Equal(Token, HubOptions.FromEnvironment(both.GetValueOrDefault).Token);
        Assert.Equal("https://mirror.example/", HubOptions.FromEnvironment(name => name == "HF_ENDPOINT" ? both[name] : null).Endpoint.ToString());
        Assert.Equal("https://huggingface.co/", HubOptions.FromEnvironment(_ => null).Endpoint.ToString());
        Assert.Throws<FormatException>(() => HubOptions.FromEnvironment(_ => "no address"));
    }

    private async Task<HubRepository> ListAsync(HubOptions? options = null, TimeProvider? time = null)
    {
        using var client = new HubClient(options ?? _hub.Options(), time: time);
        return await client.GetRepositoryAsync(LoopbackHub.Id, TestContext.Current.CancellationToken);
    }

    private async Task DownloadAsync(HubOptions? options = null)
    {
        using var client = _hub.Client(options);
        var repository = await client.GetRepositoryAsync(LoopbackHub.Id, TestContext.Current.CancellationToken);
        var weights = repository.Files.Single(file => file.Path == "model.safetensors");
        await client.DownloadAsync(repository, weights, _folder.File("weights"), cancellationToken: TestContext.Current.CancellationToken);
    }
}
