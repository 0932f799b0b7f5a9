using MedEmbed.Data.Outputs;
using MedEmbed.Training.Checkpoints;
using MedEmbed.Training.Recipes;

namespace MedEmbed.Training.Runs;

/// <summary>A run's folder while it grows: <c>OUTPUT.partial</c>, which gets the output's name when it is complete.</summary>
internal sealed class RunFolder : IDisposable
{
    private readonly AtomicFolder _folder;

    private RunFolder(AtomicFolder folder)
    {
        _folder = folder;
        Checkpoints = new CheckpointFolder(Path.Combine(State, "checkpoints"));
        Metrics = new RunLog<MetricLine>(Path.Combine(Root, "metrics.jsonl"), line => line.Step);
        Development = new RunLog<DevelopmentLine>(Path.Combine(Root, "development.jsonl"), line => line.Step);
    }

    public string Root => _folder.Path;

    public CheckpointFolder Checkpoints { get; }

    public RunLog<MetricLine> Metrics { get; }

    public RunLog<DevelopmentLine> Development { get; }

    /// <summary>The best parameters so far.</summary>
    public string Best => Path.Combine(State, "best.safetensors");

    /// <summary>What a finished run does not need.</summary>
    private string State => Path.Combine(Root, "run");

    /// <summary>Tells at once, before data are read for minutes, that a finished model is in the way.</summary>
    /// <exception cref="OutputExistsException">It is there, and not to be overwritten.</exception>
    public static void RequireFree(string output, bool overwrite)
    {
        if (!overwrite && Directory.Exists(output) && Directory.EnumerateFileSystemEntries(output).Any())
            throw new OutputExistsException(output);
    }

    /// <summary>Opens the folder for the run of <paramref name="fingerprint"/>.</summary>
    /// <exception cref="OutputExistsException">A finished model is there, and not to be overwritten.</exception>
    /// <exception cref="RecipeException">An unfinished run of another recipe is there, or none where one was to be continued.</exception>
    public static RunFolder Open(string output, string fingerprint, bool overwrite, bool resume)
    {
        AtomicFolder folder = AtomicFolder.Open(output, overwrite, resumable: true);
        string file = Path.Combine(folder.Path, "run", "fingerprint");
        if (folder.Continued && File.Exists(file) && File.ReadAllText(file) != fingerprint)
        {
            if (!overwrite && new CheckpointFolder(Path.Combine(folder.Path, "run", "checkpoints")).Newest() is not null)
                throw new RecipeException($"{folder.Path} holds an unfinished run of another recipe, base model or data. Give the same ones to continue it, name another output, or pass --overwrite to begin anew.");
            Directory.Delete(folder.Path, recursive: true);
        }

        Directory.CreateDirectory(Path.Combine(folder.Path, "run"));
        var run = new RunFolder(folder);
        if (resume && run.Checkpoints.Newest() is null)
            throw new RecipeException($"{folder.Path} holds no checkpoint to resume. Run without --resume to begin.");
        File.WriteAllText(file, fingerprint);
        return run;
    }

    /// <summary>Removes what a finished run does not need, and gives the folder its name.</summary>
    public void Complete()
    {
        Directory.Delete(State, recursive: true);
        _folder.Complete();
    }

    public void Dispose() => _folder.Dispose();
}
