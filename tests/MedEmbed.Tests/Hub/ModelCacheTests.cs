using MedEmbed.Hub;

namespace MedEmbed.Tests.Hub;

public sealed class ModelCacheTests : IDisposable
{
    private const string Weights = "model.safetensors";

    private readonly LoopbackHub _hub = new();
    private readonly TemporaryFolder _folder = new();

    private ModelCache Cache => new(_folder.Path);

    private string ModelFolder => Cache.FolderOf(LoopbackHub.Id);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _hub.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task PulledFolderHoldsTheModelsFilesAndNoPickle()
    {
        var model = await PullAsync();
        string[] expected = [.. _hub.Files.Keys.Where(path => path is not ("pytorch_model.bin" or ".gitattributes")).Order(StringComparer.Ordinal)];
        Assert.Equal(expected, FilesBelow(model.Folder));
        Assert.All(expected, path => Assert.Equal(_hub.Files[path], File.ReadAllBytes(Path.Combine(model.Folder, path))));
        Assert.Equal(Path.Combine(_folder.Path, "models", "acme--tiny-medical", "snapshots", _hub.Commit), model.Folder);
        Assert.Equal((_hub.Commit, LoopbackHub.Model), (model.Commit, model.Name));
        Assert.Equal([".lock", "refs/main", .. expected.Select(path => $"snapshots/{_hub.Commit}/{path}")], FilesBelow(ModelFolder));
    }

    [Fact]
    public async Task ModelIsInTheCacheOnlyOnceItIsWhole()
    {
        Assert.Null(Cache.Find(LoopbackHub.Id));
        _hub.Alter = (request, reply) => IsWeights(request) ? reply with { DropAfter = 1000 } : reply;
        var error = await Assert.ThrowsAsync<HubException>(() => PullAsync());
        Assert.Equal(HubFailure.Unreachable, error.Failure);
        Assert.Null(Cache.Find(LoopbackHub.Id));
        Assert.Null(Cache.Find(LoopbackHub.Id.At(_hub.Commit)));
        Assert.Empty(Cache.List());

        _hub.Alter = (_, reply) => reply;
        var pulled = await PullAsync();
        Assert.Equal(pulled.Folder, Cache.Find(LoopbackHub.Id)?.Folder);
        Assert.Equal(pulled.Folder, Cache.Find(LoopbackHub.Id.At(_hub.Commit))?.Folder);
        Assert.Equal(pulled.Folder, Assert.Single(Cache.List()).Folder);
    }

    [Fact]
    public async Task CancelledPullIsContinuedByAnotherClientWithoutFetchingAByteTwice()
    {
        var hold = new TaskCompletionSource();
        _hub.Alter = (request, reply) => IsWeights(request) && request.From == 0 ? reply with { DropAfter = 150_000, Hold = hold.Task } : reply;
        using var stop = new CancellationTokenSource();
        string partial = Path.Combine(ModelFolder, "downloads", LoopbackHub.Sha256(_hub.Files[Weights]) + ".partial");
        var pull = PullAsync(cancellation: stop.Token);
        while (!File.Exists(partial) || new FileInfo(partial).Length < 150_000)
            await Task.Delay(10, Cancellation);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => pull);
        hold.SetResult();
        Assert.Equal(150_000, new FileInfo(partial).Length);

        var model = await PullAsync();
        Assert.Equal(_hub.Files[Weights], File.ReadAllBytes(Path.Combine(model.Folder, Weights)));
        Assert.Equal([0, 150_000], _hub.RequestsFor(Weights).Select(request => request.From));
        Assert.Single(_hub.RequestsFor("tokenizer.json"));
    }

    [Fact]
    public async Task PullsOfOneModelAtOnceFetchItOnce()
    {
        var models = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => PullAsync(), Cancellation)));
        Assert.Single(models.Select(model => model.Folder).Distinct());
        Assert.Single(_hub.RequestsFor(Weights));
        Assert.Equal(_hub.Files[Weights], File.ReadAllBytes(Path.Combine(models[0].Folder, Weights)));
    }

    [Fact]
    public async Task LockOfAnotherProcessIsWaitedForAndFallsWithIt()
    {
        if (!File.Exists("/usr/bin/flock"))
            Assert.Skip("needs the flock command, which takes the lock that the runtime takes on Linux");
        Directory.CreateDirectory(ModelFolder);
        using var other = System.Diagnostics.Process.Start("/usr/bin/flock", ["-x", "-o", Path.Combine(ModelFolder, ".lock"), "sleep", "300"]);
        while (await Record.ExceptionAsync(() => TryLockAsync()) is null)
            await Task.Delay(20, Cancellation);

        using var impatient = new CancellationTokenSource(TimeSpan.FromMilliseconds(400));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => PullAsync(cancellation: impatient.Token));
        Assert.Empty(_hub.RequestsFor(Weights));

        other.Kill(entireProcessTree: true);
        await other.WaitForExitAsync(Cancellation);
        Assert.NotNull((await PullAsync()).Folder);
    }

    [Fact]
    public async Task MovedBranchGivesANewSnapshotAndFetchesOnlyWhatChanged()
    {
        var old = await PullAsync();
        _hub.Commit = new string('b', 40);
        _hub.Files["README.md"] = "# Tiny, second edition"u8.ToArray();
        var renewed = await PullAsync();

        Assert.Equal(new string('b', 40), renewed.Commit);
        Assert.Equal(renewed.Folder, Cache.Find(LoopbackHub.Id)?.Folder);
        Assert.Single(_hub.RequestsFor(Weights));
        Assert.Equal(_hub.Files[Weights], File.ReadAllBytes(Path.Combine(renewed.Folder, Weights)));
        Assert.Equal("# Tiny", File.ReadAllText(Path.Combine(old.Folder, "README.md")));
        Assert.Equal([$"{LoopbackHub.Model}@{old.Commit}", LoopbackHub.Model], Cache.List().Select(model => model.Name));
    }

    [Fact]
    public async Task DownloadGoesOnWhereTheBranchMovedBetweenTwoPulls()
    {
        bool first = true;
        _hub.Alter = (request, reply) => !IsWeights(request) ? reply : first && !(first = false) ? reply with { DropAfter = 120_000 } : ServerReply.Text(503);
        await Assert.ThrowsAsync<HubException>(() => PullAsync());
        _hub.Alter = (_, reply) => reply;
        _hub.Commit = new string('b', 40);
        var model = await PullAsync();
        Assert.Equal(_hub.Files[Weights], File.ReadAllBytes(Path.Combine(model.Folder, Weights)));
        Assert.Equal(120_000, _hub.RequestsFor(Weights)[^1].From);
        Assert.Equal([model.Folder], Directory.EnumerateDirectories(Path.Combine(ModelFolder, "snapshots")));
    }

    [Fact]
    public async Task DamagedFileInTheCacheIsMended()
    {
        var model = await PullAsync();
        string weights = Path.Combine(model.Folder, Weights);
        using (var file = File.OpenWrite(weights))
            file.WriteByte((byte)~_hub.Files[Weights][0]);
        File.Delete(Path.Combine(model.Folder, "vocab.txt"));
        await PullAsync();
        Assert.Equal(_hub.Files[Weights], File.ReadAllBytes(weights));
        Assert.True(File.Exists(Path.Combine(model.Folder, "vocab.txt")));
    }

    [Fact]
    public async Task RevisionsAreKeptApart()
    {
        await PullAsync(LoopbackHub.Id.At("refs/pr/1"));
        Assert.Null(Cache.Find(LoopbackHub.Id));
        Assert.Equal(["refs/pr/1"], Cache.Find(LoopbackHub.Id.At("refs/pr/1"))?.Revisions);
        Assert.Contains("/revision/refs%2Fpr%2F1?", _hub.HubRequests[0].Target, StringComparison.Ordinal);
        Assert.Equal($"{LoopbackHub.Model}@refs/pr/1", Assert.Single(Cache.List()).Name);
    }

    [Fact]
    public async Task UnsupportedRepositoryLeavesNothing()
    {
        _hub.Files.Remove(Weights);
        Assert.Equal(HubFailure.Unsupported, (await Assert.ThrowsAsync<HubException>(() => PullAsync())).Failure);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder.Path));
    }

    [Fact]
    public async Task UnsafePathLeavesNothing()
    {
        _hub.Listed["README.md"] = new { rfilename = "../../../README.md", size = 6, blobId = new string('0', 40) };
        Assert.Equal(HubFailure.Refused, (await Assert.ThrowsAsync<HubException>(() => PullAsync())).Failure);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder.Path));
    }

    [Fact]
    public async Task CacheThatCannotBeWrittenIsToldWithTheVariableThatMovesIt()
    {
        File.WriteAllText(_folder.File("models"), "a file where a folder belongs");
        Assert.Contains("MEDEMBED_CACHE", (await Assert.ThrowsAsync<IOException>(() => PullAsync())).Message, StringComparison.Ordinal);
    }

    private static string[] FilesBelow(string folder) =>
        [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(folder, path).Replace('\\', '/')).Order(StringComparer.Ordinal)];

    private bool IsWeights(ServerRequest request) => request.Port != _hub.Endpoint.Port;

    private async Task TryLockAsync()
    {
        await using var file = new FileStream(Path.Combine(ModelFolder, ".lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
    }

    private async Task<CachedModel> PullAsync(HubId? id = null, CancellationToken? cancellation = null)
    {
        using var client = _hub.Client();
        return await Cache.PullAsync(client, id ?? LoopbackHub.Id, cancellationToken: cancellation ?? Cancellation);
    }
}
