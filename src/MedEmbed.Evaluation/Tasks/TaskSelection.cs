using MedEmbed.Data.Judgments;

namespace MedEmbed.Evaluation.Tasks;

/// <summary>Turns what a user names into tasks: <c>all</c>, registered names, BEIR folders, judged lists, pairs, triplets.</summary>
public static class TaskSelection
{
    private static readonly string[] FileExtensions = [".jsonl", ".jsonl.gz", ".jsonl.zst", ".parquet"];

    /// <summary>The tasks of <paramref name="names"/>, in that order, each once.</summary>
    /// <param name="names"><c>all</c>, names of registered benchmarks, paths of BEIR folders, of judged lists, of pairs or triplets, or of folders with judged lists; several may stand in one, with commas between.</param>
    /// <param name="dataFolder">Where the registered benchmarks' folders are; null where none was given.</param>
    /// <param name="split">The split asked for: which list of a folder of judged lists is taken.</param>
    /// <exception cref="EvaluationException">A name is neither registered nor a path, its data is missing, or two different tasks have one name.</exception>
    /// <exception cref="MedEmbed.Data.DataFormatException">A BEIR folder has no qrels of the split, or lacks a file.</exception>
    public static IReadOnlyList<RetrievalTask> Resolve(IEnumerable<string> names, string? dataFolder, string split)
    {
        ArgumentNullException.ThrowIfNull(names);
        ArgumentException.ThrowIfNullOrEmpty(split);
        List<RetrievalTask> tasks = [];
        foreach (string name in Parts(names))
        {
            foreach (RetrievalTask task in Of(name, dataFolder, split).Where(task => !tasks.Contains(task)))
            {
                if (tasks.Find(other => other.Name == task.Name) is { } other)
                    throw new EvaluationException($"{task.Path} and {other.Path} are both the task \"{task.Name}\", whose result file could hold only one of them. Rename a folder, or evaluate them into different --output folders.");
                RequireSplit(task, split);
                tasks.Add(task);
            }
        }

        return tasks.Count > 0 ? tasks : throw new EvaluationException($"no task is named. {Choices()}");
    }

    /// <summary>The registered benchmarks among <paramref name="names"/> whose data <paramref name="dataFolder"/> lacks, each once.</summary>
    public static IReadOnlyList<Benchmark> Missing(IEnumerable<string> names, string dataFolder)
    {
        ArgumentNullException.ThrowIfNull(names);
        ArgumentException.ThrowIfNullOrEmpty(dataFolder);
        return [.. Parts(names).SelectMany(name => IsAll(name) ? BenchmarkRegistry.All : BenchmarkRegistry.Find(name) is { } found ? [found] : [])
            .Distinct().Where(benchmark => !BeirFolder.IsBeirFolder(Path.Combine(dataFolder, benchmark.Folder)))];
    }

    /// <summary>Told now rather than after the hours that the tasks before it take.</summary>
    private static void RequireSplit(RetrievalTask task, string split)
    {
        if (task.Form == TaskForm.Beir)
            _ = BeirFolder.Open(task.Path).QrelsPath(split);
    }

    private static IEnumerable<string> Parts(IEnumerable<string> names) =>
        names.SelectMany(given => given.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));

    private static bool IsAll(string name) => string.Equals(name, "all", StringComparison.OrdinalIgnoreCase);

    private static IEnumerable<RetrievalTask> Of(string name, string? dataFolder, string split)
    {
        if (IsAll(name))
            return BenchmarkRegistry.All.Select(benchmark => Registered(benchmark, dataFolder));
        if (BenchmarkRegistry.Find(name) is { } registered)
            return [Registered(registered, dataFolder)];
        if (BeirFolder.IsBeirFolder(name))
            return [new RetrievalTask(NameOf(name), name, TaskForm.Beir)];
        if (Directory.Exists(name))
            return [new RetrievalTask(NameOf(name), ListIn(name, split), TaskForm.File)];
        if (File.Exists(name))
            return [new RetrievalTask(NameOf(name), name, TaskForm.File)];
        throw new EvaluationException($"\"{name}\" is neither a registered task nor a folder or file. {Choices()}");
    }

    private static RetrievalTask Registered(Benchmark benchmark, string? dataFolder)
    {
        if (dataFolder is null)
            throw new EvaluationException($"{benchmark.Name} needs --data, the folder that holds the benchmarks. {benchmark.HowToGet}");
        string folder = Path.Combine(dataFolder, benchmark.Folder);
        return BeirFolder.IsBeirFolder(folder)
            ? new RetrievalTask(benchmark.Name, folder, TaskForm.Beir, benchmark)
            : throw new EvaluationException($"{folder}: the data of {benchmark.Name} is missing. {benchmark.HowToGet}");
    }

    private static string ListIn(string folder, string split) =>
        FileExtensions.Select(extension => Path.Combine(folder, split + extension)).FirstOrDefault(File.Exists)
        ?? throw new EvaluationException(
            $"{folder}: is neither a BEIR folder (corpus.jsonl, queries.jsonl, qrels/) nor does it hold a judged list {split}.jsonl. Name another folder, or another --split.");

    private static string NameOf(string path)
    {
        string name = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(path)));
        return FileExtensions.FirstOrDefault(extension => name.EndsWith(extension, StringComparison.OrdinalIgnoreCase)) is { } end ? name[..^end.Length] : name;
    }

    private static string Choices() =>
        $"Name all, some of {string.Join(", ", BenchmarkRegistry.All.Select(benchmark => benchmark.Name))}, a BEIR folder, a judged list, or a file of pairs or triplets.";
}
