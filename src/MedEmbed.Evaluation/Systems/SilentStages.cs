namespace MedEmbed.Evaluation.Systems;

/// <summary>Shows nothing.</summary>
public sealed class SilentStages : IEvaluationStages, IProgress<StageProgress>
{
    /// <inheritdoc/>
    public Task<T> RunAsync<T>(string stage, Func<IProgress<StageProgress>, Task<T>> work)
    {
        ArgumentNullException.ThrowIfNull(work);
        return work(this);
    }

    void IProgress<StageProgress>.Report(StageProgress value)
    {
    }
}
