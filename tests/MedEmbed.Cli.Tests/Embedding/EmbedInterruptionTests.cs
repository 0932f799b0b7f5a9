using MedEmbed.Cli.Tests.Running;

namespace MedEmbed.Cli.Tests.Embedding;

/// <summary>Long enough runs of the real executable, broken off and continued.</summary>
[Trait("Category", "Slow")]
public sealed class EmbedInterruptionTests : IDisposable
{
    private const int Documents = 6000;
    private const int Kills = 6;

    private readonly TemporaryFolder _folder = new();
    private readonly string _model;
    private readonly string _corpus;

    public EmbedInterruptionTests()
    {
        _model = TinyModel.Write(_folder.File("model"), hidden: 64, layers: 4);
        _corpus = Corpus.Write(_folder.File("corpus.jsonl"), Documents, words: 40);
    }

    public void Dispose() => _folder.Dispose();

    [Theory, InlineData(".jsonl"), InlineData(".npy"), InlineData(".parquet")]
    public async Task ARunThatWasKilledManyTimesGivesTheBytesOfAnUnbrokenOne(string extension)
    {
        using MedembedProcess unbroken = Embed("whole" + extension);
        (await unbroken.FinishAsync()).Expect(0);
        var random = new Random(extension.Length);
        for (int kill = 0; kill < Kills && !File.Exists(_folder.File("broken" + extension)); kill++)
        {
            // Half of them at any moment, half some time after they have saved something, so that there is something to go on from on a machine of any speed.
            string? before = Manifest(extension);
            using MedembedProcess run = Embed("broken" + extension);
            while (kill % 2 == 1 && !run.HasExited && Manifest(extension) == before)
                await Task.Delay(10, TestContext.Current.CancellationToken);
            await Task.Delay(random.Next(0, 1500), TestContext.Current.CancellationToken);
            run.Kill();
            await run.FinishAsync();
        }

        if (!File.Exists(_folder.File("broken" + extension)))
        {
            using MedembedProcess last = Embed("broken" + extension);
            CommandResult result = (await last.FinishAsync()).Expect(0);
            Assert.Contains("going on after", result.Error, StringComparison.Ordinal);
        }

        Assert.Equal(File.ReadAllBytes(_folder.File("whole" + extension)), File.ReadAllBytes(_folder.File("broken" + extension)));
        Assert.False(Path.Exists(_folder.File("broken" + extension) + ".partial"));
    }

    [Fact]
    public async Task CtrlCExitsWith130AndTheSameCommandGoesOn()
    {
        using MedembedProcess run = Embed("v.jsonl");
        while (!File.Exists(_folder.File("v.jsonl.partial.json")) && !run.HasExited)
            await Task.Delay(20, TestContext.Current.CancellationToken);
        run.SendInterrupt();
        CommandResult stopped = (await run.FinishAsync()).Expect(130);
        Assert.Contains("vectors are kept", stopped.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(_folder.File("v.jsonl")));
        using MedembedProcess rest = Embed("v.jsonl");
        CommandResult finished = (await rest.FinishAsync()).Expect(0);
        Assert.Contains("going on after", finished.Error, StringComparison.Ordinal);
        Assert.Equal(Documents, File.ReadLines(_folder.File("v.jsonl")).Count());
    }

    private string? Manifest(string extension) =>
        File.Exists(_folder.File($"broken{extension}.partial.json")) ? File.ReadAllText(_folder.File($"broken{extension}.partial.json")) : null;

    private MedembedProcess Embed(string output) =>
        MedembedProcess.Start(_folder.File("cache"), ["embed", _corpus, "--model", _model, "--output", _folder.File(output), "--threads", "1"]);
}
