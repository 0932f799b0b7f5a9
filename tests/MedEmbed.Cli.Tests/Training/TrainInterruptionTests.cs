using System.Globalization;
using MedEmbed.Cli.Tests.Running;

namespace MedEmbed.Cli.Tests.Training;

/// <summary>Runs of the real executable, broken off and continued.</summary>
[Trait("Category", "Slow")]
public sealed class TrainInterruptionTests : IDisposable
{
    private const int Kills = 10;
    private const int Steps = 120;

    private readonly TemporaryFolder _folder = new();
    private readonly string _model;
    private readonly string _data;
    private readonly string _judged;

    public TrainInterruptionTests()
    {
        _model = TinyModel.Write(_folder.File("base"), hidden: 32, layers: 2);
        _data = TripletSample.Write(_folder.File("triplets.jsonl"), 300);
        _judged = _folder.File("dev.jsonl");
        File.WriteAllLines(_judged, Enumerable.Range(0, 20).Select(i => string.Create(
            CultureInfo.InvariantCulture, $$$"""{"query_id":"q{{{i}}}","query":"word {{{i}}}","passages":[{"id":"a{{{i}}}","text":"word {{{i}}} here","grade":3},{"id":"b{{{i}}}","text":"nothing {{{i * 7}}}","grade":0}]}""")));
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task ARunThatWasKilledTenTimesEndsInTheWeightsOfAnUnbrokenOne()
    {
        using MedembedProcess unbroken = Train("whole");
        (await unbroken.FinishAsync()).Expect(0);
        var random = new Random(11);
        for (int kill = 0; kill < Kills && !Directory.Exists(_folder.File("broken")); kill++)
        {
            // Half of them at any moment, half some time after a checkpoint, so that there is something to go on from on a machine of any speed.
            string? before = NewestCheckpoint();
            using MedembedProcess run = Train("broken");
            while (kill % 2 == 1 && !run.HasExited && NewestCheckpoint() == before)
                await Task.Delay(5, TestContext.Current.CancellationToken);
            await Task.Delay(random.Next(0, kill % 2 == 1 ? 300 : 2500), TestContext.Current.CancellationToken);
            run.Kill();
            await run.FinishAsync();
        }

        if (!Directory.Exists(_folder.File("broken")))
        {
            using MedembedProcess last = Train("broken", "--resume");
            CommandResult result = (await last.FinishAsync()).Expect(0);
            Assert.Contains("Continuing after step", result.Error, StringComparison.Ordinal);
        }

        Assert.Equal(File.ReadAllBytes(_folder.File("whole/model.safetensors")), File.ReadAllBytes(_folder.File("broken/model.safetensors")));
        Assert.Equal(Losses("whole"), Losses("broken"));
        Assert.False(Path.Exists(_folder.File("broken.partial")));
        Assert.False(Path.Exists(_folder.File("broken/run")));
    }

    [Fact]
    public async Task CtrlCExitsWith130AndTheSameCommandGoesOn()
    {
        using MedembedProcess run = Train("stopped");
        while (!(new FileInfo(_folder.File("stopped.partial/metrics.jsonl")) is { Exists: true, Length: > 0 }) && !run.HasExited)
            await Task.Delay(10, TestContext.Current.CancellationToken);
        run.SendInterrupt();
        (await run.FinishAsync()).Expect(130);
        Assert.False(Directory.Exists(_folder.File("stopped")));
        using MedembedProcess rest = Train("stopped", "--resume");
        CommandResult finished = (await rest.FinishAsync()).Expect(0);
        Assert.Contains("Continuing after step", finished.Error, StringComparison.Ordinal);
        Assert.Equal(Steps, int.Parse(Losses("stopped")[^1].Split(' ')[0], CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task AFullDiskIsToldAndTheLastCheckpointStays()
    {
        Directory.CreateDirectory(_folder.File("disk"));
        string[] arguments = [.. Arguments("disk/model"), "--quiet"];
        long bytes = 8 * new FileInfo(Path.Combine(_model, "model.safetensors")).Length;

        // A file system of its own, for this process alone: it holds the best parameters and a checkpoint (five times the model, with moments and average), and a part of the next.
        using var run = MedembedProcess.StartShell(_folder.File("cache"), string.Create(CultureInfo.InvariantCulture,
            $"unshare --map-root-user --mount sh -c 'mount -t tmpfs -o size={bytes} none {_folder.File("disk")} || exit 77; $medembed {string.Join(' ', arguments)}; code=$?; ls {_folder.File("disk/model.partial/run/checkpoints")}; exit $code'"));
        CommandResult result = await run.FinishAsync();
        Assert.SkipWhen(result.ExitCode == 77 || result.Error.StartsWith("unshare:", StringComparison.Ordinal), "no file system can be mounted here");
        Assert.True(result.ExitCode == 1, result.Error);
        Assert.Contains("No space left on device", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at MedEmbed", result.Error, StringComparison.Ordinal);
        Assert.StartsWith("step-", Assert.Single(result.Lines, line => !line.EndsWith(".partial", StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    private string[] Losses(string output) =>
    [
        .. File.ReadLines(_folder.File($"{output}/metrics.jsonl")).Select(line =>
        {
            using var json = System.Text.Json.JsonDocument.Parse(line);
            return $"{json.RootElement.GetProperty("step").GetRawText()} {json.RootElement.GetProperty("loss").GetRawText()}";
        }),
    ];

    private string? NewestCheckpoint() =>
        Directory.Exists(_folder.File("broken.partial/run/checkpoints")) ? Directory.EnumerateDirectories(_folder.File("broken.partial/run/checkpoints"), "step-???????").Order(StringComparer.Ordinal).LastOrDefault() : null;

    private MedembedProcess Train(string output, params string[] more) => MedembedProcess.Start(_folder.File("cache"), [.. Arguments(output), .. more]);

    private string[] Arguments(string output) =>
    [
        "train", "--data", _data, "--model", _model, "--output", _folder.File(output), "--steps", Steps.ToString(CultureInfo.InvariantCulture),
        "--batch-size", "8", "--negatives", "2", "--precision", "f32", "--checkpoint-every", "7", "--log-every", "3", "--learning-rate", "1e-3",
        "--dropout", "0.1", "--ema", "0.9", "--development", _judged, "--evaluate-every", "20", "--threads", "1",
    ];
}
