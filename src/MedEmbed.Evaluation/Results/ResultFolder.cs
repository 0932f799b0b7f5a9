using MedEmbed.Data.Outputs;
using MedEmbed.Evaluation.Systems;
using MedEmbed.Evaluation.Tasks;

namespace MedEmbed.Evaluation.Results;

/// <summary>A folder of results in MTEB's layout: <c>MODEL/REVISION/TASK.json</c> and <c>model_meta.json</c> beside it.</summary>
/// <param name="path">The folder; made where it is missing.</param>
public sealed class ResultFolder(string path)
{
    /// <summary>The file of a system's result on a task.</summary>
    public string PathOf(SystemDescription system, RetrievalTask task) => Path.Combine(FolderOf(system), FileNameOf(task.Name));

    /// <summary>The kept result of the same model, data, settings and note; null where there is none.</summary>
    /// <exception cref="EvaluationException">The file is there and no result of this toolkit.</exception>
    public ResultSummary? Find(SystemDescription system, RetrievalTask task, string split, RetrievalData data, string? note)
    {
        ArgumentNullException.ThrowIfNull(system);
        ArgumentNullException.ThrowIfNull(task);
        ArgumentNullException.ThrowIfNull(data);
        string file = PathOf(system, task);
        return ResultFile.Read(file).Splits.TryGetValue(split, out SplitResult? kept)
            && (string?)kept.Identity["settings_hash"] == system.SettingsHash
            && (string?)kept.Identity["data_hash"] == data.Hash
            && (bool?)kept.Identity["ignore_identical_ids"] == task.IgnoreIdenticalIds
            && (string?)kept.Identity["task_note"] == note
            ? ResultSummary.Of(kept, system, task, split, file, kept: true)
            : null;
    }

    /// <summary>Writes a result, beside the file's other splits, and the model's description.</summary>
    /// <param name="result">What was found.</param>
    /// <param name="replaceForeign">Whether a file that is no result of this toolkit is replaced.</param>
    /// <exception cref="EvaluationException">Such a file is there, and is not to be replaced.</exception>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public ResultSummary Write(TaskResult result, bool replaceForeign = false)
    {
        ArgumentNullException.ThrowIfNull(result);
        string file = PathOf(result.System, result.Task);
        ResultFile content = ResultFile.Read(file, replaceForeign);
        var split = new SplitResult(ResultJson.Scores(result), ResultJson.Identity(result), ResultJson.Run(result.Run));
        content.Set(result.Split, split);
        content.Write(file, result.Task.Name, result.Task.Benchmark?.Revision ?? result.Data.Hash);
        WriteMeta(result.System);
        return ResultSummary.Of(split, result.System, result.Task, result.Split, file, kept: false);
    }

    /// <summary>Writes the model's description beside its results; a card may change where the model does not.</summary>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public void WriteMeta(SystemDescription system)
    {
        ArgumentNullException.ThrowIfNull(system);
        AtomicFile.Write(Path.Combine(FolderOf(system), "model_meta.json"), stream => ResultFile.WriteIndented(stream, ResultJson.Meta(system)), overwrite: true);
    }

    private string FolderOf(SystemDescription system) => Path.Combine(path, system.ResultName, system.Revision);

    private static string FileNameOf(string task) =>
        task.AsSpan().IndexOfAny(Path.GetInvalidFileNameChars()) < 0 ? $"{task}.json" : throw new EvaluationException($"\"{task}\" cannot be a file's name; rename the task's folder.");
}
