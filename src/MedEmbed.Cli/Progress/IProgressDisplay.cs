namespace MedEmbed.Cli.Progress;

/// <summary>Shows how far long work has come.</summary>
internal interface IProgressDisplay
{
    /// <summary>Runs <paramref name="work"/> under a heading and shows what it reports.</summary>
    /// <param name="title">What is done, such as <c>documents</c>.</param>
    /// <param name="work">Gets where to report to.</param>
    Task<T> RunAsync<T>(string title, Func<IProgress<WorkProgress>, Task<T>> work);

    /// <summary>Writes a line that stays.</summary>
    void Note(string line);
}
