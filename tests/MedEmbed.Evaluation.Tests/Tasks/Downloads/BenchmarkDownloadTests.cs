using System.Text.Json;
using MedEmbed.Data;
using MedEmbed.Evaluation.Tasks;
using MedEmbed.Evaluation.Tasks.Downloads;
using MedEmbed.Hub;
using MedEmbed.Tests.Hub;

namespace MedEmbed.Evaluation.Tests.Tasks.Downloads;

public sealed class BenchmarkDownloadTests : IDisposable
{
    private static readonly Benchmark ArguAna = BenchmarkRegistry.Find("ArguAna")!;
    private static readonly Benchmark PublicHealth = BenchmarkRegistry.Find("PublicHealthQA")!;

    private readonly TemporaryFolder _data = new();

    private string Target => _data.File("arguana");

    public void Dispose() => _data.Dispose();

    [Fact]
    public async Task TheRegisteredRevisionBecomesABeirFolderThatSaysWhereItComesFrom()
    {
        using LoopbackHub hub = HubBenchmarks.Serve(ArguAna, HubBenchmarks.AsJsonLines());
        RecordedProgress progress = new();
        DownloadedBenchmark downloaded = await DownloadAsync(hub, ArguAna, progress);

        Assert.Equal((Target, ArguAna.Revision, DataAgreement.Different), (downloaded.Folder, downloaded.Commit, downloaded.Agreement));
        Assert.Equal($"/api/datasets/mteb/arguana/revision/{ArguAna.Revision}?blobs=true", hub.HubRequests[0].Target);
        Assert.All(hub.HubRequests.Skip(1), request => Assert.StartsWith($"/datasets/mteb/arguana/resolve/{ArguAna.Revision}/", request.Path, StringComparison.Ordinal));
        Assert.Contains(progress.Reports, report => report.File == "corpus.jsonl" && report.Bytes == report.Total);
        Assert.Equal(["corpus.jsonl", "qrels", "queries.jsonl", "source.json"], Entries(Target));
        Assert.Equal(["arguana"], Entries(_data.Path));

        RetrievalData data = await ReadAsync(ArguAna);
        Assert.Equal(["d1", "d2", "d3"], data.DocumentIds);
        Assert.Equal(["Asthma inhaler “é” 🙂", "fever and cough", "Wrist broken"], data.Documents.Texts);
        Assert.Equal(["q1", "q2"], data.QueryIds);
        Assert.Equal([("q1", "d1", 2), ("q2", "d2", 1), ("q2", "d3", 0)], data.Qrels.Enumerate().Select(judgment => (judgment.QueryId, judgment.DocumentId, judgment.Grade)));
        JsonElement source = JsonDocument.Parse(await File.ReadAllBytesAsync(Path.Combine(Target, "source.json"), TestContext.Current.CancellationToken)).RootElement;
        Assert.Equal((ArguAna.HubId, ArguAna.Revision, ArguAna.Licence, data.Hash), (Text("hub_id"), Text("commit"), Text("licence"), Text("test_hash")));
        Assert.Equal(["corpus.jsonl", "queries.jsonl", "qrels/test.jsonl"], source.GetProperty("files").EnumerateArray().Select(file => file.GetProperty("path").GetString()));
        string? Text(string field) => source.GetProperty(field).GetString();
    }

    [Fact]
    public async Task ParquetInPartsAndOtherNamesOfTheQrelsGiveTheSameData()
    {
        List<string> hashes = [];
        foreach (Dictionary<string, byte[]> files in (Dictionary<string, byte[]>[])[HubBenchmarks.AsJsonLines(), HubBenchmarks.AsJsonLines("default.jsonl"), await HubBenchmarks.AsParquetAsync()])
        {
            using LoopbackHub hub = HubBenchmarks.Serve(ArguAna, files);
            await DownloadAsync(hub, ArguAna);
            hashes.Add((await ReadAsync(ArguAna)).Hash);
            Directory.Delete(Target, recursive: true);
        }

        Assert.Single(hashes.Distinct());
    }

    [Fact]
    public async Task AnInterruptedDownloadIsContinuedAndFetchesNoByteTwice()
    {
        using LoopbackHub hub = HubBenchmarks.Serve(ArguAna, HubBenchmarks.AsJsonLines());
        hub.Alter = (request, reply) => request.Path.EndsWith("/queries.jsonl", StringComparison.Ordinal) ? reply with { DropAfter = 40 } : reply;
        HubException error = await Assert.ThrowsAsync<HubException>(() => DownloadAsync(hub, ArguAna, options: hub.Options() with { Retries = 0 }));
        Assert.Equal(HubFailure.Unreachable, error.Failure);
        Assert.Equal(["arguana.partial"], Entries(_data.Path));

        hub.Alter = (_, reply) => reply;
        await DownloadAsync(hub, ArguAna);
        Assert.Equal(["arguana"], Entries(_data.Path));
        foreach (string file in (string[])["corpus.jsonl", "queries.jsonl", "qrels/test.jsonl"])
            Assert.Equal(hub.Files[file].Length, hub.RequestsFor(file).Sum(request => request.Sent));
        Assert.Equal([0, 40], hub.RequestsFor("queries.jsonl").Select(request => request.From));
    }

    [Fact]
    public async Task WrongContentIsRefusedAndNoFolderAppears()
    {
        using LoopbackHub hub = HubBenchmarks.Serve(ArguAna, HubBenchmarks.AsJsonLines());
        hub.Alter = (request, reply) => request.Path.EndsWith("/corpus.jsonl", StringComparison.Ordinal) ? reply with { Body = [.. reply.Body.Select(b => b == (byte)'a' ? (byte)'b' : b)] } : reply;
        HubException error = await Assert.ThrowsAsync<HubException>(() => DownloadAsync(hub, ArguAna));
        Assert.Equal(HubFailure.ChecksumMismatch, error.Failure);
        Assert.False(Directory.Exists(Target));
    }

    [Fact]
    public async Task OfflineAsksNobodyAndWritesNothing()
    {
        using LoopbackHub hub = HubBenchmarks.Serve(ArguAna, HubBenchmarks.AsJsonLines());
        HubException error = await Assert.ThrowsAsync<HubException>(() => DownloadAsync(hub, ArguAna, options: hub.Options() with { Offline = true }));
        Assert.Equal(HubFailure.Offline, error.Failure);
        Assert.Empty(hub.HubRequests);
        Assert.Empty(Entries(_data.Path));
    }

    [Fact]
    public async Task AnUnknownDatasetAFaultyLineAMissingPartAndAForeignFolderAreTold()
    {
        using LoopbackHub other = HubBenchmarks.Serve(PublicHealth, []);
        Assert.Equal(HubFailure.NotFound, (await Assert.ThrowsAsync<HubException>(() => DownloadAsync(other, ArguAna))).Failure);

        Dictionary<string, byte[]> files = HubBenchmarks.AsJsonLines();
        files["qrels/test.jsonl"] = "{\"query-id\":\"q1\",\"corpus-id\":\"d1\",\"score\":1}\n{\"query-id\":\"q1\",\"corpus-id\":\"d2\",\"score\":0.5}\n"u8.ToArray();
        using LoopbackHub faulty = HubBenchmarks.Serve(ArguAna, files);
        Assert.Contains("test.jsonl:2: ", (await Assert.ThrowsAsync<DataFormatException>(() => DownloadAsync(faulty, ArguAna))).Message, StringComparison.Ordinal);

        files.Remove("qrels/test.jsonl");
        using LoopbackHub incomplete = HubBenchmarks.Serve(ArguAna, files);
        Assert.Contains("no qrels", (await Assert.ThrowsAsync<EvaluationException>(() => DownloadAsync(incomplete, ArguAna))).Message, StringComparison.Ordinal);

        Directory.CreateDirectory(Path.Combine(Target, "mine"));
        Assert.Contains(Target, (await Assert.ThrowsAsync<EvaluationException>(() => DownloadAsync(incomplete, ArguAna))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ASecondDownloadAtTheSameTimeIsRefused()
    {
        using LoopbackHub hub = HubBenchmarks.Serve(ArguAna, HubBenchmarks.AsJsonLines());
        await using (File.Open(Target + ".lock", FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None))
            Assert.Contains("another process", (await Assert.ThrowsAsync<IOException>(() => DownloadAsync(hub, ArguAna))).Message, StringComparison.Ordinal);
        await DownloadAsync(hub, ArguAna);
    }

    [Fact]
    public async Task QuestionsAndAnswersBecomeTheTaskThatMtebMakesOfThem()
    {
        (string, string)[] rows = [("Is it “new”?", "Yes,\n\"quite\"."), ("Why?", ""), ("How?", "Yes,\n\"quite\"."), ("Is it “new”?", "No."), ("", "Nobody asked."), ("How?", "Slowly."), ("How?", "Slowly.")];
        using LoopbackHub hub = HubBenchmarks.Serve(PublicHealth, HubBenchmarks.AsTable(rows));
        DownloadedBenchmark downloaded = await DownloadAsync(hub, PublicHealth);
        Assert.Equal(hub.Commit, downloaded.Commit);

        // Numbers count the distinct texts of rows that are left out too.
        RetrievalData data = await ReadAsync(PublicHealth);
        Assert.Equal([("Q0", "Is it “new”?"), ("Q2", "How?")], data.QueryIds.Zip(data.Queries.Texts));
        Assert.Equal([("D0", "Yes,\n\"quite\"."), ("D1", "No."), ("D3", "Slowly.")], data.DocumentIds.Zip(data.Documents.Texts));
        Assert.Equal([("Q0", "D0"), ("Q0", "D1"), ("Q2", "D0"), ("Q2", "D3")], data.Qrels.Enumerate().Select(judgment => (judgment.QueryId, judgment.DocumentId)));
    }

    private Task<DownloadedBenchmark> DownloadAsync(LoopbackHub hub, Benchmark benchmark, RecordedProgress? progress = null, HubOptions? options = null) =>
        new BenchmarkDownload(hub.Client(options), _data.Path).RunAsync(benchmark, progress, TestContext.Current.CancellationToken);

    private Task<RetrievalData> ReadAsync(Benchmark benchmark) =>
        TaskReader.ReadAsync(Assert.Single(TaskSelection.Resolve([benchmark.Name], _data.Path, "test")), "test", TestContext.Current.CancellationToken);

    private static string[] Entries(string folder) => [.. Directory.EnumerateFileSystemEntries(folder).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];
}
