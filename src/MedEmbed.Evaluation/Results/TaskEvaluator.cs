using MedEmbed.Data.Judgments;
using MedEmbed.Evaluation.Metrics;
using MedEmbed.Evaluation.Systems;
using MedEmbed.Evaluation.Tasks;

namespace MedEmbed.Evaluation.Results;

/// <summary>Evaluates systems on tasks and keeps the results.</summary>
/// <param name="results">Where results are kept and found again.</param>
/// <param name="stages">Shows how far an evaluation has come.</param>
/// <param name="time">When a run began, and how long it took.</param>
public sealed class TaskEvaluator(ResultFolder results, IEvaluationStages stages, TimeProvider time)
{
    /// <summary>Documents a query gets, as in MTEB.</summary>
    private const int Top = 1000;
    private const string Differs = "data differs from the registered copy";

    /// <summary>Evaluates one split of a task, unless a result of the same model, data and settings is there.</summary>
    /// <param name="task">The task.</param>
    /// <param name="split">The split.</param>
    /// <param name="system">The system under test.</param>
    /// <param name="overwrite">Evaluates again in any case.</param>
    /// <param name="cancellationToken">Ends the evaluation; vectors kept on disk are found by the next.</param>
    /// <exception cref="MedEmbed.Data.DataFormatException">The data is faulty.</exception>
    /// <exception cref="EvaluationException">The data cannot be evaluated, or a vector is not finite.</exception>
    public async Task<EvaluatedTask> EvaluateAsync(RetrievalTask task, string split, IRetrievalSystem system, bool overwrite = false, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(task);
        ArgumentNullException.ThrowIfNull(system);
        long start = time.GetTimestamp();
        DateTimeOffset started = time.GetUtcNow();
        EncodingSpeed before = system.Speed;
        RetrievalData data = await TaskReader.ReadAsync(task, split, cancellationToken).ConfigureAwait(false);
        IReadOnlyList<string> remarks = DataRemarks.Of(data);
        string? note = NoteOf(task, split, data);
        if (!overwrite && results.Find(system.Description, task, split, data, note) is { } kept)
        {
            results.WriteMeta(system.Description);
            return new EvaluatedTask(kept, remarks);
        }

        RetrievalRun run = await system.SearchAsync(data, Top, stages, cancellationToken).ConfigureAwait(false);
        RetrievalScores scores = RetrievalEvaluator.Evaluate(data.Qrels, run, new EvaluationOptions { IgnoreIdenticalIds = task.IgnoreIdenticalIds });
        var result = new TaskResult
        {
            Task = task,
            Split = split,
            Data = data,
            System = system.Description,
            Scores = scores,
            Note = note,
            Run = new RunRecord(started, time.GetElapsedTime(start), system.Speed.Since(before), Machine.Current()),
        };
        return new EvaluatedTask(results.Write(result, replaceForeign: overwrite), remarks);
    }

    /// <summary>The registered copy's note, none for the official data, and a word where the data is neither.</summary>
    private static string? NoteOf(RetrievalTask task, string split, RetrievalData data)
    {
        if (task.Benchmark is not { } benchmark)
            return null;
        DataAgreement agreement = split == Benchmark.TestSplit ? benchmark.AgreementOf(data) : DataAgreement.RegisteredCopy;
        return agreement switch
        {
            DataAgreement.RegisteredCopy => benchmark.Note,
            DataAgreement.OfficialStatistics => null,
            _ when benchmark.Note is { } note => $"{note}; {Differs}",
            _ => Differs,
        };
    }
}
