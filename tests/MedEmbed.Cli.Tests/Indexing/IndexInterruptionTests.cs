using MedEmbed.Cli.Tests.Running;

namespace MedEmbed.Cli.Tests.Indexing;

/// <summary>The real executable, broken off while it writes an index.</summary>
[Trait("Category", "Slow")]
public sealed class IndexInterruptionTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _model;

    public IndexInterruptionTests() => _model = TinyModel.Write(_folder.File("model"), hidden: 64, layers: 4);

    private string Cache => _folder.File("cache");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task AKilledAddLeavesTheOldOrTheNewIndex()
    {
        const int Old = 200, Added = 1500;
        string more = Corpus.Write(_folder.File("more.jsonl"), Added, words: 30, seed: 2);
        File.WriteAllText(more, File.ReadAllText(more).Replace("\"_id\":\"d", "\"_id\":\"m", StringComparison.Ordinal));
        await RunAsync(0, "index", "build", "--corpus", Corpus.Write(_folder.File("corpus.jsonl"), Old), "--model", _model, "--output", _folder.File("index"));
        var random = new Random(5);
        int documents = Old;
        for (int kills = 0; kills < 10 && documents == Old; kills++)
        {
            using MedembedProcess add = MedembedProcess.Start(Cache, ["index", "add", "--index", _folder.File("index"), "--corpus", more]);
            await Task.Delay(random.Next(300, 3000), TestContext.Current.CancellationToken);
            add.Kill();
            await add.FinishAsync();
            documents = await CountAsync();
            Assert.True(documents is Old or (Old + Added), $"{documents} documents are neither the old nor the new ones");
        }

        if (documents == Old)
            await RunAsync(0, "index", "add", "--index", _folder.File("index"), "--corpus", more);
        Assert.Equal(Old + Added, await CountAsync());
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task ABuildThatWasBrokenOffGoesOn(bool politely)
    {
        const int Documents = 5000;
        string[] build = ["index", "build", "--corpus", Corpus.Write(_folder.File("corpus.jsonl"), Documents, words: 40), "--model", _model, "--threads", "1", "--output", _folder.File("index")];
        string manifest = _folder.File("index.partial/index.json");
        using (MedembedProcess first = MedembedProcess.Start(Cache, build))
        {
            while (!first.HasExited && !File.Exists(manifest))
                await Task.Delay(20, TestContext.Current.CancellationToken);
            if (politely)
                first.SendInterrupt();
            else
                first.Kill();
            CommandResult stopped = await first.FinishAsync();
            Assert.Equal(politely ? 130 : 137, stopped.ExitCode);
        }

        Assert.False(Directory.Exists(_folder.File("index")));
        CommandResult rest = await RunAsync(0, build);
        Assert.Contains("going on after", rest.Error, StringComparison.Ordinal);
        Assert.Equal(Documents, await CountAsync());
        Assert.False(Directory.Exists(_folder.File("index.partial")));
    }

    private async Task<int> CountAsync() =>
        (await RunAsync(0, "index", "info", "--index", _folder.File("index"), "--verify", "--json")).Json.GetProperty("documents").GetInt32();

    private async Task<CommandResult> RunAsync(int exitCode, params string[] arguments) => (await new Medembed(Cache).RunAsync(arguments)).Expect(exitCode);
}
