using System.Text.Json;
using MedEmbed.Data.Outputs;
using MedEmbed.Data.Pairs;
using MedEmbed.Data.Triplets;
using MedEmbed.Synthesis.Mining;
using MedEmbed.Synthesis.Mining.Reporting;

namespace MedEmbed.Synthesis.Tests.Mining;

public sealed class MiningOutputTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly QueryPassagePair[] _pairs = MiningFiles.Pairs(400);
    private readonly string _file;

    public MiningOutputTests() => _file = MiningFiles.WritePairs(_folder.File("p.jsonl"), _pairs);

    private string Output => _folder.File("t.jsonl");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task NotesAreSplitWholeAndNothingIsLost()
    {
        MiningReport report = await MiningFiles.MineAsync(Options with { DevShare = 0.3 }, _file, Output);
        Triplet[] train = await MiningFiles.ReadAsync(Output), dev = await MiningFiles.ReadAsync(_folder.File("t.dev.jsonl"));
        Assert.Equal(_pairs.Select(pair => pair.QueryId).Order(), train.Concat(dev).Select(triplet => triplet.QueryId!).Order());
        Assert.Empty(train.Select(triplet => triplet.Group).Intersect(dev.Select(triplet => triplet.Group)));
        Assert.InRange(dev.Length, 60, 180);
        Assert.Equal(dev.Length, report.DevTriplets);
    }

    [Fact, Trait("Category", "Slow")]
    public async Task AStoppedRunGoesOnAndWritesTheBytesOfAnUnbrokenOne()
    {
        QueryPassagePair[] pairs = MiningFiles.Pairs(1800, seed: 3);
        string file = MiningFiles.WritePairs(_folder.File("many.jsonl"), pairs);
        MiningOptions options = Options with { Sources = [new(CandidateKind.Bm25), new(CandidateKind.Dense), new(CandidateKind.Random)], DevShare = 0.1 };
        var whole = new WordEncoder();
        await MiningFiles.MineAsync(options with { Model = whole.Model }, file, _folder.File("whole.jsonl"));
        int encoded = 0, runs = 0;
        for (bool done = false; !done; runs++)
        {
            using var stop = new CancellationTokenSource();
            var words = new WordEncoder { Stop = (1300, stop) };
            try
            {
                await new NegativeMiner(options with { Model = words.Model }).RunAsync(new MiningInput(file), Output, cancellationToken: stop.Token);
                done = true;
            }
            catch (OperationCanceledException)
            {
                Assert.False(File.Exists(Output));
            }

            encoded += words.Encoded;
        }

        Assert.True(runs > 2, $"{runs} runs");
        Assert.InRange(encoded, whole.Encoded, whole.Encoded + (runs * 1024));
        foreach (string end in (string[])[".jsonl", ".dev.jsonl", ".jsonl.report.json"])
            Assert.Equal(File.ReadAllText(_folder.File("whole" + end)), File.ReadAllText(_folder.File("t" + end)));
        Assert.False(Directory.Exists(Output + ".work"));
    }

    [Fact]
    public async Task AKeptWorkFolderSparesEncodingForOtherSettings()
    {
        var words = new WordEncoder();
        MiningOptions options = Options with { Sources = [new(CandidateKind.Dense)], Model = words.Model, WorkFolder = _folder.File("work"), Overwrite = true };
        await MiningFiles.MineAsync(options, _file, Output);
        int before = words.Encoded;
        await MiningFiles.MineAsync(options with { Negatives = 3 }, _file, Output);
        Assert.Equal(_pairs.Length, words.Encoded - before);
        Assert.All(await MiningFiles.ReadAsync(Output), triplet => Assert.True(triplet.Negatives.Count <= 3));
    }

    [Fact]
    public async Task AFinishedOutputStaysUnlessItIsToBeOverwritten()
    {
        await MiningFiles.MineAsync(Options, _file, Output);
        await Assert.ThrowsAsync<OutputExistsException>(() => MiningFiles.MineAsync(Options, _file, Output));
        await MiningFiles.MineAsync(Options with { Overwrite = true }, _file, Output);
    }

    [Fact]
    public async Task ParquetHoldsTheSameTriplets()
    {
        await MiningFiles.MineAsync(Options, _file, Output);
        await MiningFiles.MineAsync(Options, _file, _folder.File("t.parquet"));
        Assert.Equal(JsonSerializer.Serialize(await MiningFiles.ReadAsync(Output)), JsonSerializer.Serialize(await MiningFiles.ReadAsync(_folder.File("t.parquet"))));
    }

    [Fact]
    public async Task WhatOverlapsWithABenchmarkIsReportedAndDroppedOnRequest()
    {
        string benchmark = _folder.File("benchmarks/toy");
        Directory.CreateDirectory(benchmark);
        File.WriteAllText(Path.Combine(benchmark, "queries.jsonl"), JsonSerializer.Serialize(new { _id = "b", text = _pairs[1].Query.ToUpperInvariant() }) + "\n");
        File.WriteAllText(Path.Combine(benchmark, "corpus.jsonl"), JsonSerializer.Serialize(new { _id = "d", title = "", text = _pairs[7].Positive }) + "\n");
        MiningOptions options = Options with { Benchmarks = _folder.File("benchmarks"), Overwrite = true };
        await MiningFiles.MineAsync(options, _file, Output);
        Assert.Equal(_pairs.Length, (await MiningFiles.ReadAsync(Output)).Length);
        JsonElement found = JsonSerializer.Deserialize<JsonElement>(File.ReadAllText(Output + ".contamination.json"));
        Assert.True(found.GetProperty("contaminated_triplets").GetInt32() >= 2);

        MiningReport report = await MiningFiles.MineAsync(options with { DropContaminated = true }, _file, Output);
        Triplet[] clean = await MiningFiles.ReadAsync(Output);
        Assert.Equal(found.GetProperty("contaminated_triplets").GetInt64(), report.Contaminated);
        Assert.Equal(_pairs.Length - report.Contaminated, clean.Length);
        Assert.DoesNotContain(clean, triplet => triplet.QueryId is "q1" or "q7" || triplet.Negatives.Contains(_pairs[7].Positive));
        Assert.All(clean, triplet => Assert.Equal(triplet.Negatives.Count, triplet.NegativeScores!.Count));
    }

    [Fact]
    public async Task TheReportTellsTextsOnlyWhereTheyWereAskedFor()
    {
        MiningReport report = await MiningFiles.MineAsync(Options, _file, Output);
        Assert.NotEmpty(report.Nearest);
        Assert.DoesNotContain("passage", File.ReadAllText(Output + ".report.json").Replace("passages", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Equal(report.Nearest.OrderBy(near => near.PositiveScore - near.NegativeScore).Select(near => near.QueryId), report.Nearest.Select(near => near.QueryId));
        report = await MiningFiles.MineAsync(Options with { LogText = true, Overwrite = true }, _file, Output);
        Assert.All(report.Nearest, near => Assert.StartsWith("passage", near.NegativeText, StringComparison.Ordinal));
    }

    [Fact]
    public async Task TheReportCountsWhatTheFileHolds()
    {
        MiningReport report = await MiningFiles.MineAsync(Options with { MinNegatives = 7, Margin = 4 }, _file, Output);
        Triplet[] triplets = await MiningFiles.ReadAsync(Output);
        Assert.True(report.TooFewNegatives > 0);
        Assert.Equal((triplets.Length, _pairs.Length), (report.Triplets, report.Triplets + report.TooFewNegatives));
        Assert.All(triplets, triplet => Assert.Equal(7, triplet.Negatives.Count));
        Assert.Equal(report.Negatives.Values.Sum(), report.NegativeScores!.Count);
        Assert.Equal(triplets.SelectMany(triplet => triplet.NegativeScores!).Max(), report.NegativeScores.Quantiles["max"]);
        Assert.Equal(report.NegativeScores.Count, report.NegativeScores.Histogram.Sum());
    }

    [Fact]
    public async Task AFolderThatHoldsSomethingElseIsNotEmptied()
    {
        Directory.CreateDirectory(_folder.File("work"));
        File.WriteAllText(_folder.File("work/notes.txt"), "mine");
        await Assert.ThrowsAsync<IOException>(() => MiningFiles.MineAsync(Options with { WorkFolder = _folder.File("work") }, _file, Output));
        Assert.True(File.Exists(_folder.File("work/notes.txt")));
    }

    private static MiningOptions Options => new() { Sources = [new(CandidateKind.Bm25), new(CandidateKind.Random)] };
}
