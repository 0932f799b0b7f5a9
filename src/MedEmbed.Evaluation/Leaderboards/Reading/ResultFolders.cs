namespace MedEmbed.Evaluation.Leaderboards.Reading;

/// <summary>Finds and reads all result files below some paths, laid out as <c>MODEL/REVISION/TASK.json</c> or <c>MODEL/TASK.json</c>.</summary>
internal sealed class ResultFolders
{
    private readonly Dictionary<(string Name, string Revision), (ModelDescription Model, Dictionary<TaskKey, TaskScores> Results)> _systems = [];
    private readonly List<string> _passedOver = [];
    private readonly HashSet<string> _read = new(StringComparer.Ordinal);

    /// <summary>JSON files in the folders that hold no task's results.</summary>
    public IReadOnlyList<string> PassedOver => _passedOver;

    /// <summary>The systems found so far, by name and revision.</summary>
    public IReadOnlyList<SystemResults> Systems =>
    [
        .. _systems.OrderBy(static system => system.Key.Name, StringComparer.Ordinal).ThenBy(static system => system.Key.Revision, StringComparer.Ordinal).Select(static system => new SystemResults
        {
            Name = system.Key.Name,
            Revision = system.Key.Revision,
            Model = system.Value.Model,
            Results = system.Value.Results,
        }),
    ];

    /// <summary>Reads a result file, or every one in a folder and below it.</summary>
    /// <exception cref="FileNotFoundException">There is nothing at <paramref name="path"/>.</exception>
    /// <exception cref="ResultFormatException">A file is broken, or the same model, revision and task stand in two files.</exception>
    public void Add(string path, CancellationToken cancellationToken)
    {
        if (File.Exists(path))
        {
            ResultField root = ResultField.ReadFile(path);
            if (!ResultFileReader.IsResult(root))
                throw root.Fault("has no \"task_name\" and \"scores\"; it is no result file of MTEB's form. Name the right file, or the folder.");
            Add(root);
            return;
        }

        if (!Directory.Exists(path))
            throw new FileNotFoundException($"{path}: there is no such file or folder; name a folder of results, as \"medembed evaluate --output\" writes it.", path);
        int before = _read.Count;
        foreach (string file in Directory.EnumerateFiles(path, "*.json", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (Path.GetFileName(file) == ModelDescriptionReader.FileName)
                continue;
            ResultField root = ResultField.ReadFile(file);
            if (ResultFileReader.IsResult(root))
                Add(root);
            else
                _passedOver.Add(file);
        }

        if (_read.Count == before)
            throw new ResultFormatException(path, null, "holds no result file; results lie as MODEL/REVISION/TASK.json, as \"medembed evaluate --output\" writes them. Name the right folder.");
    }

    private void Add(ResultField root)
    {
        // The same file may be reached by two of the paths given.
        if (!_read.Add(Path.GetFullPath(root.File)))
            return;
        string folder = Path.GetDirectoryName(Path.GetFullPath(root.File))!;
        ModelDescription model = ModelDescriptionReader.ReadFolder(folder);
        (string Name, string Revision) key = NameOf(folder, model);
        if (!_systems.TryGetValue(key, out var system))
            _systems[key] = system = (model, []);
        foreach (TaskScores result in ResultFileReader.Read(root))
        {
            if (!system.Results.TryAdd(result.Task, result))
            {
                throw root.Fault(
                    $"{key.Name} has scores of {result.Task.Name} already, from {system.Results[result.Task].File}; a model and revision has one result a task. Leave one of the two out.");
            }
        }
    }

    private static (string Name, string Revision) NameOf(string folder, ModelDescription model)
    {
        string own = Path.GetFileName(folder), parent = Path.GetFileName(Path.GetDirectoryName(folder) ?? "") ?? "";
        return parent.Length > 0 && IsRevision(own, model) ? (parent, own) : (own, model.Revision ?? "");
    }

    private static bool IsRevision(string name, ModelDescription model) =>
        name is "no_revision_available" or "external" or "main"
        || string.Equals(name, model.Revision, StringComparison.Ordinal)
        || (name.Length is >= 7 and <= 64 && name.All(char.IsAsciiHexDigit));
}
