using Spectre.Console;

namespace MedEmbed.Cli.Progress;

/// <summary>A bar with the time left, on a terminal.</summary>
internal sealed class TerminalProgress(TextWriter error) : IProgressDisplay
{
    private readonly IAnsiConsole _console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(error) });

    public Task<T> RunAsync<T>(string title, Func<IProgress<WorkProgress>, Task<T>> work) =>
        _console.Progress()
            .AutoClear(true)
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn(), new SpinnerColumn())
            .StartAsync(async context => await work(new Reporter(context.AddTask(Markup.Escape(title)), title)).ConfigureAwait(false));

    public void Note(string line) => error.WriteLine(line);

    private sealed class Reporter(ProgressTask task, string title) : IProgress<WorkProgress>
    {
        private readonly long _start = TimeProvider.System.GetTimestamp();

        public void Report(WorkProgress value)
        {
            task.IsIndeterminate = value.Total is null;
            if (value.Total is { } total)
                task.MaxValue = Math.Max(total, 1);
            task.Value = value.Done;
            task.Description = Markup.Escape($"{title}  {ProgressText.Of(value, TimeProvider.System.GetElapsedTime(_start))}");
        }
    }
}
