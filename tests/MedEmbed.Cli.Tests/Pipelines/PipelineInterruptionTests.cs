using MedEmbed.Cli.Tests.Generation;
using MedEmbed.Cli.Tests.Running;
using MedEmbed.Synthesis.Tests.Endpoint;
using MedEmbed.Synthesis.Tests.Generation;

namespace MedEmbed.Cli.Tests.Pipelines;

/// <summary>Pipelines that are broken off and run again.</summary>
public sealed class PipelineInterruptionTests : IDisposable
{
    private const int Kills = 8;
    private const int Notes = 60;

    private readonly PipelineFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task ACancelledStepGoesOnAndAsksNothingTwice()
    {
        using var server = new FakeEndpoint(request => FakeReply.Text(TestNotes.Answer(request.Messages[1])) with { Delay = TimeSpan.FromMilliseconds(20) });
        NoteFile.Write(_folder.NotesFile, Notes);
        _folder.Save(AskingPipeline(server));
        using var stop = new CancellationTokenSource();
        Task<CommandResult> run = _folder.Medembed.RunUntilAsync(stop.Token, "pipeline", "--config", _folder.Config);
        while (server.Requests.Count < Notes / 3 && !run.IsCompleted)
            await Task.Delay(5, TestContext.Current.CancellationToken);
        await stop.CancelAsync();
        CommandResult stopped = (await run).Expect(130);
        Assert.Empty(stopped.Output);
        Assert.Contains("step 1 of 2: generate \"asked\" was stopped; the same command goes on from there.", stopped.Error, StringComparison.Ordinal);
        int kept = File.ReadLines(Path.Combine(_folder.Work, "asked.completions.jsonl")).Count(), asked = server.Requests.Count;
        Assert.InRange(kept, 1, Notes - 1);
        Assert.Contains("was stopped", (await _folder.RunAsync("--list")).Expect(0).Output, StringComparison.Ordinal);
        Assert.Equal("asked ran, triplets ran", await _folder.StatusesAsync());
        Assert.Equal(Notes - kept, server.Requests.Count - asked);
    }

    [Fact, Trait("Category", "Slow")]
    public async Task CtrlCStopsTheStepAtHandWith130()
    {
        using var server = new FakeEndpoint(request => FakeReply.Text(TestNotes.Answer(request.Messages[1])) with { Delay = TimeSpan.FromMilliseconds(200) });
        NoteFile.Write(_folder.NotesFile, Notes);
        _folder.Save(AskingPipeline(server));
        using MedembedProcess run = MedembedProcess.Start(_folder.Cache, ["pipeline", "--config", _folder.Config]);
        while (server.Requests.Count < 4 && !run.HasExited)
            await Task.Delay(10, TestContext.Current.CancellationToken);
        run.SendInterrupt();
        CommandResult stopped = (await run.FinishAsync()).Expect(130);
        Assert.Contains("\"asked\" was stopped", stopped.Error, StringComparison.Ordinal);
        Assert.False(Path.Exists(Path.Combine(_folder.Work, "asked")));
    }

    [Fact, Trait("Category", "Slow")]
    public async Task KillsAtRandomPointsEndInTheBytesOfAnUnbrokenRun()
    {
        string model = TinyModel.Write(_folder.File("tiny"));
        File.WriteAllLines(_folder.NotesFile, Corpus.SampleLines(200));
        _folder.Save("\"bm25=2\", \"random\"", "\"dense\", \"bm25=2\"");
        _folder.Save(File.ReadAllText(_folder.Config).Replace("\"relative-margin\"", "\"dev-share\": 0.2, \"model\": \"./tiny\", \"relative-margin\"", StringComparison.Ordinal));
        Assert.True(Directory.Exists(model));
        (await StartAndFinishAsync()).Expect(0);
        SortedDictionary<string, string> whole = _folder.Outputs();
        Assert.Contains("triplets.dev.jsonl", whole.Keys);

        var random = new Random(8);
        int kills = 0;
        for (int run = 0; kills < Kills && run < 5 * Kills; run++)
        {
            string state = Path.Combine(_folder.Work, "pipeline.state.json");
            DateTime before = File.GetLastWriteTimeUtc(state);
            using MedembedProcess broken = Start();

            // From the moment that a step is begun, however long the process takes to come to that.
            while (!broken.HasExited && File.GetLastWriteTimeUtc(state) == before)
                await Task.Delay(5, TestContext.Current.CancellationToken);
            await Task.Delay(random.Next(0, 3000), TestContext.Current.CancellationToken);
            if (!broken.HasExited)
            {
                broken.Kill();
                kills++;
            }

            // A run that came to its end is begun anew.
            if ((await broken.FinishAsync()).ExitCode == 0)
            {
                Assert.Equal(whole, _folder.Outputs());
                Directory.Delete(_folder.Work, recursive: true);
            }
        }

        Assert.Equal(Kills, kills);
        (await StartAndFinishAsync()).Expect(0);
        Assert.Equal(whole, _folder.Outputs());
        Assert.Equal("pairs kept, triplets kept, few kept", await _folder.StatusesAsync());
    }

    private MedembedProcess Start() => MedembedProcess.Start(_folder.Cache, ["pipeline", "--config", _folder.Config]);

    private async Task<CommandResult> StartAndFinishAsync()
    {
        using MedembedProcess run = Start();
        return await run.FinishAsync();
    }

    private static string AskingPipeline(FakeEndpoint server) => """
        {
          "paths": { "work": "work" },
          "steps": [
            { "name": "asked", "command": "generate", "options": { "notes": "notes.jsonl", "keep-duplicates": true, "endpoint": "ADDRESS", "llm": "fake", "concurrency": 2, "output": "${work}/asked" } },
            { "name": "triplets", "command": "mine", "options": { "pairs": "${work}/asked/pairs.jsonl", "source": "random", "output": "${work}/triplets.jsonl" } }
          ]
        }
        """.Replace("ADDRESS", server.Address.ToString(), StringComparison.Ordinal);
}
