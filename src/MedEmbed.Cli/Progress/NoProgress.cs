namespace MedEmbed.Cli.Progress;

/// <summary>Shows nothing, for <c>--quiet</c>.</summary>
internal sealed class NoProgress : IProgressDisplay, IProgress<WorkProgress>
{
    public Task<T> RunAsync<T>(string title, Func<IProgress<WorkProgress>, Task<T>> work) => work(this);

    public void Note(string line)
    {
    }

    public void Report(WorkProgress value)
    {
    }
}
