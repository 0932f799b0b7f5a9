using System.Text.Json;
using MedEmbed.Cli.Tests.Running;
using MedEmbed.Tests.Hub;

namespace MedEmbed.Cli.Tests.Models;

public sealed class ModelCommandTests(TinyModelFixture tiny) : IClassFixture<TinyModelFixture>, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private Medembed Medembed => new(_folder.File("cache"));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task TheBundledModelsAreListed()
    {
        JsonElement[] bundled = [.. (await Medembed.RunAsync("model", "list", "--json")).Expect(0).Json.GetProperty("models").EnumerateArray()];
        Assert.Equal(["bge-small-en-v1.5", "medembed-small-v1"], bundled.Select(model => model.GetProperty("name").GetString()));
        Assert.All(bundled, model => Assert.Equal("bundled", model.GetProperty("source").GetString()));
        Assert.Contains("medembed-small-v1", (await Medembed.RunAsync("model", "list")).Expect(0).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TheModelOfThisProjectIsTheDefault()
    {
        JsonElement info = (await Medembed.RunAsync("model", "info", "--json")).Expect(0).Json;
        Assert.Equal("medembed-small-v1", info.GetProperty("name").GetString());
        Assert.Equal(info.GetProperty("hash").GetString(), (await Medembed.RunAsync("model", "info", "medembed-small-v1", "--json")).Expect(0).Json.GetProperty("hash").GetString());
        Assert.Equal((384, 512), (info.GetProperty("dimensions").GetInt32(), info.GetProperty("max_length").GetInt32()));
    }

    [Fact]
    public async Task InfoShowsWhatTheFolderSays()
    {
        JsonElement info = (await Medembed.RunAsync("model", "info", tiny.Model, "--json")).Expect(0).Json;
        Assert.Equal((16, 128, 2), (info.GetProperty("dimensions").GetInt32(), info.GetProperty("max_length").GetInt32(), info.GetProperty("layers").GetInt32()));
        Assert.Equal("ask: ", info.GetProperty("prompts").GetProperty("query").GetString());
        Assert.Equal(["pooling mean", "normalize"], info.GetProperty("modules").EnumerateArray().Select(module => module.GetString()));
        Assert.Matches("^[0-9a-f]{64}$", info.GetProperty("hash").GetString()!);
    }

    [Fact]
    public async Task APulledModelEmbedsByItsIdWithoutTheNetwork()
    {
        using LoopbackHub hub = HubOfTinyModel();
        Medembed online = Medembed.With("MEDEMBED_HUB_ENDPOINT", hub.Endpoint.ToString());
        JsonElement pulled = (await online.RunAsync("model", "pull", LoopbackHub.Model, "--json")).Expect(0).Json;
        Assert.Equal(hub.Commit, pulled.GetProperty("commit").GetString());
        Medembed offline = Medembed.With("MEDEMBED_OFFLINE", "1").WithInput("asthma\n");
        CommandResult byId = (await offline.RunAsync("embed", "--model", LoopbackHub.Model)).Expect(0);
        CommandResult byFolder = (await offline.RunAsync("embed", "--model", tiny.Model)).Expect(0);
        Assert.Equal(byFolder.Output, byId.Output);
        Assert.Contains(LoopbackHub.Model, (await offline.RunAsync("model", "list")).Expect(0).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AModelThatTheHubDoesNotHaveIsWrongInput()
    {
        using LoopbackHub hub = HubOfTinyModel();
        CommandResult result = await Medembed.With("MEDEMBED_HUB_ENDPOINT", hub.Endpoint.ToString()).RunAsync("model", "pull", "nobody/nothing");
        Assert.Contains("nobody/nothing", result.ExpectUsageError(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task OfflineForbidsTheNetworkAndSaysSo()
    {
        using LoopbackHub hub = HubOfTinyModel();
        Medembed offline = Medembed.With("MEDEMBED_HUB_ENDPOINT", hub.Endpoint.ToString()).With("MEDEMBED_OFFLINE", "1");
        foreach (string[] command in (string[][])[["model", "pull", LoopbackHub.Model], ["embed", "--model", LoopbackHub.Model]])
            Assert.Contains("MEDEMBED_OFFLINE", (await offline.RunAsync(command)).ExpectUsageError(), StringComparison.Ordinal);
        Assert.Empty(hub.HubRequests);
    }

    private LoopbackHub HubOfTinyModel()
    {
        var hub = new LoopbackHub();
        hub.Files.Clear();
        foreach (string file in Directory.GetFiles(tiny.Model, "*", SearchOption.AllDirectories))
            hub.Files[Path.GetRelativePath(tiny.Model, file).Replace('\\', '/')] = File.ReadAllBytes(file);
        return hub;
    }
}
