using MedEmbed.Cli.Tests.Running;

namespace MedEmbed.Cli.Tests.Mining;

/// <summary>The real executable, broken off while it mines, and run again.</summary>
[Trait("Category", "Slow")]
public sealed class MineInterruptionTests : IDisposable
{
    private const int Kills = 20;

    private readonly TemporaryFolder _folder = new();
    private readonly string _model;
    private readonly string _pairs;

    public MineInterruptionTests()
    {
        _model = TinyModel.Write(_folder.File("model"), hidden: 32);
        _pairs = PairLines.Write(_folder.File("pairs.jsonl"), 1500);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task TwentyKillsEndInTheBytesOfAnUnbrokenRun()
    {
        using (MedembedProcess unbroken = Start("whole.jsonl"))
            (await unbroken.FinishAsync()).Expect(0);
        var random = new Random(7);
        int kills = 0;
        for (int run = 0; kills < Kills && run < 5 * Kills; run++)
        {
            // Now and then an earlier run came to its end before its kill: then it is begun anew.
            Delete();
            for (bool finished = false; kills < Kills && !finished;)
            {
                using MedembedProcess broken = Start("broken.jsonl");
                await Task.Delay(random.Next(200, 4000), TestContext.Current.CancellationToken);
                finished = broken.HasExited;
                if (finished)
                {
                    (await broken.FinishAsync()).Expect(0);
                    AssertSame();
                    continue;
                }

                broken.Kill();
                await broken.FinishAsync();
                kills++;

                // The kill may fall between the last rename and the end.
                finished = File.Exists(_folder.File("broken.jsonl"));
            }
        }

        Assert.Equal(Kills, kills);
        if (!File.Exists(_folder.File("broken.jsonl")))
        {
            using MedembedProcess last = Start("broken.jsonl");
            (await last.FinishAsync()).Expect(0);
        }

        AssertSame();
    }

    [Fact]
    public async Task CtrlCExitsWith130AndTheSameCommandGoesOn()
    {
        using (MedembedProcess run = Start("broken.jsonl"))
        {
            while (!run.HasExited && !Directory.Exists(_folder.File("broken.jsonl.work")))
                await Task.Delay(10, TestContext.Current.CancellationToken);
            await Task.Delay(300, TestContext.Current.CancellationToken);
            run.SendInterrupt();
            Assert.Contains("the same command goes on from there", (await run.FinishAsync()).Expect(130).Error, StringComparison.Ordinal);
        }

        Assert.False(File.Exists(_folder.File("broken.jsonl")));
        using MedembedProcess rest = Start("broken.jsonl");
        (await rest.FinishAsync()).Expect(0);
        Assert.False(Directory.Exists(_folder.File("broken.jsonl.work")));
    }

    private MedembedProcess Start(string output) =>
        MedembedProcess.Start(_folder.File("cache"), ["mine", "--pairs", _pairs, "--model", _model, "--output", _folder.File(output), "--source", "bm25", "dense", "in-group=1", "random=1", "--dev-share", "0.1"]);

    private void AssertSame()
    {
        foreach (string end in (string[])[".jsonl", ".dev.jsonl", ".jsonl.report.json"])
            Assert.Equal(File.ReadAllText(_folder.File("whole" + end)), File.ReadAllText(_folder.File("broken" + end)));
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder.Path, "broken*.partial*"));
    }

    private void Delete()
    {
        foreach (string file in Directory.EnumerateFiles(_folder.Path, "broken*"))
            File.Delete(file);
        if (Directory.Exists(_folder.File("broken.jsonl.work")))
            Directory.Delete(_folder.File("broken.jsonl.work"), recursive: true);
    }
}
