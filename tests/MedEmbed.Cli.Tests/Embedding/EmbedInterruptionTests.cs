using MedEmbed.Cli.Tests.Running;

namespace MedEmbed.Cli.Tests.Embedding;

/// <summary>Long enough runs of the real executable, broken off and continued.</summary>
[Trait("Category", "Slow")]
public sealed class EmbedInterruptionTests : IDisposable
{
    private const int Documents = 6000;

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
        int kills = 0;
        bool continued = false;
        var random = new Random(extension.Length);
        for (bool finished = false; !finished;)
        {
            using MedembedProcess run = Embed("broken" + extension);
            if (kills < 12)
            {
                await Task.Delay(random.Next(500, 3500), TestContext.Current.CancellationToken);
                finished = run.HasExited;
                run.Kill();
                kills += finished ? 0 : 1;
            }

            CommandResult result = await run.FinishAsync();
            continued |= result.Error.Contains("going on after", StringComparison.Ordinal);
            if (kills >= 12 && !finished)
            {
                result.Expect(0);
                finished = true;
            }
        }

        Assert.True(continued, "no run went on from an earlier one");
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

    private MedembedProcess Embed(string output) =>
        MedembedProcess.Start(_folder.File("cache"), ["embed", _corpus, "--model", _model, "--output", _folder.File(output), "--threads", "1"]);
}
