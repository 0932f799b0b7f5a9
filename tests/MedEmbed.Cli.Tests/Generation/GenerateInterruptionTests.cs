using System.Text.Json;
using System.Text.RegularExpressions;
using MedEmbed.Cli.Tests.Running;
using MedEmbed.Synthesis.Tests.Endpoint;
using MedEmbed.Synthesis.Tests.Generation;

namespace MedEmbed.Cli.Tests.Generation;

/// <summary>The real executable against a fake endpoint, killed and run again.</summary>
[Trait("Category", "Slow")]
public sealed partial class GenerateInterruptionTests : IDisposable
{
    private const int Notes = 400;
    private const int Kills = 20;
    private const int Concurrency = 4;

    private readonly TemporaryFolder _folder = new();
    private readonly FakeEndpoint _server = new(request => FakeReply.Text(TestNotes.Answer(request.Messages[1])) with { Delay = TimeSpan.FromMilliseconds(40) });
    private readonly string _notes;

    public GenerateInterruptionTests() => _notes = NoteFile.Write(_folder.File("notes.jsonl"), Notes);

    private string Store => _folder.File("broken.completions.jsonl");

    public void Dispose()
    {
        _server.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task TwentyKillsLoseAndDoubleNothingAndNothingStoredIsAskedAgain()
    {
        var random = new Random(20);
        HashSet<string> stored = [];
        int inFlight = 0, kills = 0;
        while (kills < Kills && !Path.Exists(_folder.File("broken")))
        {
            int seen = _server.Requests.Count;
            using MedembedProcess run = Start("broken");
            while (!run.HasExited && _server.Requests.Count == seen)
                await Task.Delay(5, TestContext.Current.CancellationToken);
            await Task.Delay(random.Next(0, 150), TestContext.Current.CancellationToken);
            if (run.HasExited)
                break;
            run.Kill();
            await run.FinishAsync();
            kills++;
            string[] asked = Asked(seen);
            Assert.Empty(asked.Intersect(stored));
            stored = StoredNotes();
            inFlight += asked.Count(note => !stored.Contains(note));
        }

        Assert.Equal(Kills, kills);
        Assert.True(inFlight <= Kills * Concurrency, $"{inFlight} requests were lost by {Kills} kills with {Concurrency} at once");
        int before = _server.Requests.Count;
        using (MedembedProcess last = Start("broken"))
            (await last.FinishAsync()).Expect(0);
        Assert.Empty(Asked(before).Intersect(stored));
        Assert.Equal(Notes + inFlight, _server.Requests.Count);
        Assert.Equal(Notes, StoredNotes().Count);
        Assert.Equal(Notes, File.ReadLines(Store).Count());

        using MedembedProcess unbroken = Start("whole");
        (await unbroken.FinishAsync()).Expect(0);
        foreach (string file in (string[])["pairs.jsonl", "rejected.jsonl"])
            Assert.Equal(File.ReadAllText(Path.Combine(_folder.File("whole"), file)), File.ReadAllText(Path.Combine(_folder.File("broken"), file)));
        Assert.Equal(2 * Notes, File.ReadLines(Path.Combine(_folder.File("broken"), "pairs.jsonl")).Count());
        Assert.False(Path.Exists(_folder.File("broken.partial")));
    }

    [Fact]
    public async Task CtrlCExitsWith130AndTheSameCommandGoesOn()
    {
        using MedembedProcess run = Start("broken");
        while (!run.HasExited && _server.Requests.Count < 20)
            await Task.Delay(10, TestContext.Current.CancellationToken);
        run.SendInterrupt();
        CommandResult stopped = (await run.FinishAsync()).Expect(130);
        Assert.Contains("completions are kept; the same command goes on from there", stopped.Error, StringComparison.Ordinal);
        Assert.False(Path.Exists(_folder.File("broken")));
        int kept = StoredNotes().Count;
        int before = _server.Requests.Count;
        using MedembedProcess rest = Start("broken");
        (await rest.FinishAsync()).Expect(0);
        Assert.Equal(Notes - kept, _server.Requests.Count - before);
    }

    private string[] Asked(int from) => [.. _server.Requests.Skip(from).Select(request => Cough().Match(request.Messages[1]).Groups[1].Value)];

    /// <summary>The notes of whole lines of the store, by what tells the test's notes apart.</summary>
    private HashSet<string> StoredNotes()
    {
        if (!File.Exists(Store))
            return [];
        string text = File.ReadAllText(Store);
        return [.. text[..(text.LastIndexOf('\n') + 1)].Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => Cough().Match(JsonSerializer.Deserialize<JsonElement>(line).GetProperty("text").GetString()!).Groups[1].Value)];
    }

    private MedembedProcess Start(string output) =>
        MedembedProcess.Start(_folder.File("cache"), ["generate", "--notes", _notes, "--keep-duplicates", "--output", _folder.File(output), "--endpoint", _server.Address.ToString(), "--llm", "fake", "--concurrency", $"{Concurrency}"]);

    [GeneratedRegex(@"dry cough for (\d+) weeks")]
    private static partial Regex Cough();
}
