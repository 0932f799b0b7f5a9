using MedEmbed.Evaluation.Systems;

namespace MedEmbed.Cli.Progress;

/// <summary>Shows the stages of a task's evaluation under the task's name.</summary>
internal sealed class EvaluationStages(IProgressDisplay display, string task) : IEvaluationStages
{
    public Task<T> RunAsync<T>(string stage, Func<IProgress<StageProgress>, Task<T>> work) =>
        display.RunAsync($"{task}  {stage}", progress => work(new Stage(progress)));

    private sealed class Stage(IProgress<WorkProgress> progress) : IProgress<StageProgress>
    {
        public void Report(StageProgress value) => progress.Report(new WorkProgress(value.Done, value.Total, value.Unit));
    }
}
