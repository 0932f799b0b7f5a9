using System.Text.Json;
using MedEmbed.Data.Outputs;
using MedEmbed.Hub;

namespace MedEmbed.Evaluation.Tasks.Downloads;

/// <summary>Brings a registered benchmark from the hub into a data folder, in BEIR's layout.</summary>
/// <remarks>
/// The folder appears complete or not at all; what was downloaded of an interrupted run lies in <c>FOLDER.partial</c> and is continued. Beside the data
/// stands <c>source.json</c>: where it comes from, at which commit, with which checksums and licence.
/// </remarks>
/// <param name="hub">The hub.</param>
/// <param name="dataFolder">The folder that holds the benchmarks' folders; made where it is missing.</param>
public sealed class BenchmarkDownload(HubClient hub, string dataFolder)
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <summary>Downloads and converts one benchmark.</summary>
    /// <param name="benchmark">The benchmark, whose folder must not be there.</param>
    /// <param name="progress">Told as bytes arrive.</param>
    /// <param name="cancellationToken">Stops; the next call continues.</param>
    /// <exception cref="HubException">The hub cannot give the data, or the network is forbidden.</exception>
    /// <exception cref="EvaluationException">The data set is in a form that is not read, or the benchmark's folder is there without being one.</exception>
    /// <exception cref="MedEmbed.Data.DataFormatException">A file of the data set is faulty.</exception>
    /// <exception cref="IOException">The folder cannot be written, or another process downloads the same benchmark.</exception>
    public async Task<DownloadedBenchmark> RunAsync(Benchmark benchmark, IProgress<HubProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(benchmark);
        string target = Path.Combine(dataFolder, benchmark.Folder);
        if (Directory.Exists(target) && Directory.EnumerateFileSystemEntries(target).Any())
            throw new EvaluationException($"{target}: is there without being the data of {benchmark.Name} (corpus.jsonl, queries.jsonl, qrels/). Move it away, or name another --data.");
        HubRepository repository = await hub.GetDatasetAsync(HubId.Parse(benchmark.HubId, benchmark.Revision), cancellationToken).ConfigureAwait(false);
        IHubDataset dataset = benchmark.Form == DatasetForm.Beir ? new BeirDataset(repository) : new QuestionAnswerDataset(repository, benchmark.Subset);
        Directory.CreateDirectory(dataFolder);
        using FileStream held = Lock(target + ".lock");
        using AtomicFolder folder = AtomicFolder.Open(target, resumable: true);
        string raw = Path.Combine(folder.Path, "hub");
        await BringAsync(repository, dataset.Files, raw, progress, cancellationToken).ConfigureAwait(false);
        await dataset.ConvertAsync(raw, new BeirWriter(folder.Path), cancellationToken).ConfigureAwait(false);
        var task = new RetrievalTask(benchmark.Name, folder.Path, TaskForm.Beir, benchmark);
        RetrievalData data = await TaskReader.ReadAsync(task, Benchmark.TestSplit, cancellationToken).ConfigureAwait(false);
        WriteSource(folder.Path, benchmark, repository, dataset.Files, data.Hash);
        Directory.Delete(raw, recursive: true);
        folder.Complete();
        return new DownloadedBenchmark(benchmark, target, repository.Commit, dataset.Files.Sum(file => file.Size), benchmark.AgreementOf(data));
    }

    private async Task BringAsync(HubRepository repository, IEnumerable<HubFile> files, string raw, IProgress<HubProgress>? progress, CancellationToken cancellationToken)
    {
        foreach (HubFile file in files)
        {
            string path = Path.Combine(raw, file.Path);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            if (!File.Exists(path) || !await file.Checksum.MatchesAsync(path, cancellationToken).ConfigureAwait(false))
                await hub.DownloadAsync(repository, file, path, progress, cancellationToken).ConfigureAwait(false);
            progress?.Report(new HubProgress(file.Path, file.Size, file.Size));
        }
    }

    private static void WriteSource(string folder, Benchmark benchmark, HubRepository repository, IEnumerable<HubFile> files, string contentHash) =>
        File.WriteAllText(Path.Combine(folder, "source.json"), JsonSerializer.Serialize(new
        {
            benchmark.HubId,
            benchmark.Revision,
            repository.Commit,
            benchmark.Licence,
            TestHash = contentHash,
            Files = files.Select(file => new { file.Path, file.Size, Checksum = file.Checksum.ToString() }),
        }, Indented) + "\n");

    private static FileStream Lock(string path)
    {
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0, FileOptions.DeleteOnClose);
        }
        catch (IOException fault)
        {
            throw new IOException($"{path}: cannot be held ({fault.Message}); does another process download the same benchmark? Wait for it, then repeat the command.", fault);
        }
    }
}
