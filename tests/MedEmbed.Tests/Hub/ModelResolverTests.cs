using MedEmbed.Hub;

namespace MedEmbed.Tests.Hub;

public sealed class ModelResolverTests : IDisposable
{
    private readonly LoopbackHub _hub = new();
    private readonly TemporaryFolder _folder = new();

    public ModelResolverTests()
    {
        AddModel("bundled", "bge-small-en-v1.5");
        AddModel("more", "bge-small-en-v1.5");
        AddModel("more", "medembed-small-v1");
        Directory.CreateDirectory(_folder.File("bundled/no-model"));
    }

    public void Dispose()
    {
        _hub.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task FolderIsTakenAsItIs()
    {
        var model = await ResolveAsync(_folder.File("more/medembed-small-v1"));
        Assert.Equal((ModelSource.Folder, _folder.File("more/medembed-small-v1")), (model.Source, model.Folder));
    }

    [Fact]
    public async Task FirstRootThatHasTheNameWins()
    {
        var model = await ResolveAsync("bge-small-en-v1.5");
        Assert.Equal((ModelSource.Bundled, _folder.File("bundled/bge-small-en-v1.5")), (model.Source, model.Folder));
    }

    [Fact]
    public async Task HubIdIsPulledOnceAndThenFoundWithoutTheNetwork()
    {
        var pulled = await ResolveAsync(LoopbackHub.Model);
        int requests = _hub.HubRequests.Length;
        var found = await ResolveAsync(LoopbackHub.Model, offline: true);
        Assert.Equal(ModelSource.Cached, found.Source);
        Assert.Equal(pulled.Folder, found.Folder);
        Assert.Equal(pulled.Folder, (await ResolveAsync($"{LoopbackHub.Model}@{_hub.Commit}")).Folder);
        Assert.Equal(requests, _hub.HubRequests.Length);
        Assert.True(File.Exists(Path.Combine(found.Folder, "model.safetensors")));
    }

    [Fact]
    public async Task OfflineErrorNamesTheVariableTheCacheAndTheCommand()
    {
        var error = await Assert.ThrowsAsync<ModelNotFoundException>(() => ResolveAsync(LoopbackHub.Model, offline: true));
        Assert.Contains("MEDEMBED_OFFLINE=1", error.Message, StringComparison.Ordinal);
        Assert.Contains(Path.Combine(_folder.File("cache"), "models", "acme--tiny-medical"), error.Message, StringComparison.Ordinal);
        Assert.Contains($"medembed model pull {LoopbackHub.Model}", error.Message, StringComparison.Ordinal);
        Assert.Empty(_hub.HubRequests);
    }

    [Theory]
    [InlineData("bge-smal-en-v1.5", "Did you mean \"bge-small-en-v1.5\"?")]
    [InlineData("BGE-small", "Did you mean \"bge-small-en-v1.5\"?")]
    [InlineData("medembed-smal-v2", "Did you mean \"medembed-small-v1\"?")]
    [InlineData("colbert", "Available: bge-small-en-v1.5, medembed-small-v1")]
    [InlineData("./missing/folder", "there is no such folder")]
    [InlineData("/missing", "there is no such folder")]
    [InlineData("", "Available: ")]
    public async Task UnknownNameIsAnErrorThatSaysWhatThereIs(string name, string expected)
    {
        var error = await Assert.ThrowsAsync<ModelNotFoundException>(() => ResolveAsync(name));
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.Empty(_hub.HubRequests);
    }

    [Fact]
    public async Task ListHoldsBundledAndCachedModelsWithTheirSizes()
    {
        await ResolveAsync(LoopbackHub.Model);
        var models = Catalog().List();
        Assert.Equal(["bge-small-en-v1.5", "medembed-small-v1", LoopbackHub.Model], models.Select(model => model.Name));
        Assert.Equal([ModelSource.Bundled, ModelSource.Bundled, ModelSource.Cached], models.Select(model => model.Source));
        Assert.Equal(_hub.Files.Where(file => file.Key is not ("pytorch_model.bin" or ".gitattributes")).Sum(file => file.Value.Length), models[2].MeasureSize());
    }

    [Fact]
    public void LinkedFilesCountAsWhatTheyLeadTo()
    {
        if (OperatingSystem.IsWindows())
            Assert.Skip("making symbolic links needs a privilege on Windows");
        File.WriteAllBytes(_folder.File("blob"), new byte[1234]);
        File.CreateSymbolicLink(_folder.File("more/medembed-small-v1/model.safetensors"), _folder.File("blob"));
        Assert.Equal(1236, Catalog().FindBundled("medembed-small-v1")?.MeasureSize());
    }

    [Fact]
    public void RootsOfTheEnvironmentComeFirst()
    {
        var catalog = ModelCatalog.FromEnvironment(
            name => name switch
            {
                ModelCatalog.RootsVariable => $"{_folder.File("more")}{Path.PathSeparator}{_folder.File("bundled")}",
                CacheFolder.Variable => _folder.File("cache"),
                _ => null,
            },
            _folder.File("own"));
        Assert.Equal([_folder.File("more"), _folder.File("bundled"), _folder.File("own"), Path.Combine(AppContext.BaseDirectory, "models")], catalog.Roots);
        Assert.Equal(_folder.File("cache/models"), catalog.Cache.Root);
        Assert.Equal(_folder.File("more/bge-small-en-v1.5"), catalog.FindBundled("bge-small-en-v1.5")?.Folder);
    }

    [Theory, InlineData("kitten", "sitting", 3), InlineData("", "abc", 3), InlineData("abc", "abc", 0), InlineData("flaw", "lawn", 2)]
    public void DistanceIsLevenshteins(string first, string second, int distance) => Assert.Equal(distance, NearestName.Distance(first, second));

    private void AddModel(string root, string name)
    {
        string folder = Directory.CreateDirectory(Path.Combine(_folder.Path, root, name)).FullName;
        File.WriteAllText(Path.Combine(folder, "config.json"), "{}");
    }

    private ModelCatalog Catalog() => new([_folder.File("bundled"), _folder.File("more"), _folder.File("absent")], new ModelCache(_folder.File("cache")));

    private async Task<ModelLocation> ResolveAsync(string model, bool offline = false)
    {
        using var client = _hub.Client(_hub.Options() with { Offline = offline });
        return await new ModelResolver(Catalog(), client).ResolveAsync(model, cancellationToken: TestContext.Current.CancellationToken);
    }
}
