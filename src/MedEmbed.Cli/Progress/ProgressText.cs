using System.Globalization;

namespace MedEmbed.Cli.Progress;

/// <summary>Puts progress into words.</summary>
internal static class ProgressText
{
    /// <summary>Such as <c>1,200/3,633 documents (33 %), 41/s, 1 min left</c>.</summary>
    public static string Of(WorkProgress progress, TimeSpan elapsed)
    {
        double rate = elapsed > TimeSpan.Zero ? (progress.Done - progress.Skipped) / elapsed.TotalSeconds : 0;
        string text = progress.Total is { } total
            ? Invariant($"{Amount(progress.Done, progress.Unit)}/{Amount(total, progress.Unit)} {Name(progress.Unit)} ({(total == 0 ? 1 : (double)progress.Done / total):P0})")
            : Invariant($"{Amount(progress.Done, progress.Unit)} {Name(progress.Unit)}");
        if (progress.TimeLeft is { } left)
            return progress.Detail is null ? $"{text}, {Duration(left)} left" : $"{text}, {Duration(left)} left, {progress.Detail}";
        if (rate > 0)
            text += $", {Amount((long)rate, progress.Unit)}{(progress.Unit == "bytes" ? " MB" : "")}/s";
        if (rate > 0 && progress.Total is { } all && all > progress.Done)
            text += $", {Duration(TimeSpan.FromSeconds((all - progress.Done) / rate))} left";
        return progress.Detail is null ? text : $"{text}, {progress.Detail}";
    }

    /// <summary>Such as <c>45 s</c>, <c>12 min</c> or <c>2 h 5 min</c>.</summary>
    public static string Duration(TimeSpan time) => time switch
    {
        { TotalSeconds: < 90 } => Invariant($"{Math.Ceiling(time.TotalSeconds)} s"),
        { TotalMinutes: < 90 } => Invariant($"{Math.Ceiling(time.TotalMinutes)} min"),
        _ => Invariant($"{(int)time.TotalHours} h {time.Minutes} min"),
    };

    private static string Amount(long count, string unit) =>
        unit == "bytes" ? (count / 1e6).ToString("N1", CultureInfo.InvariantCulture) : count.ToString("N0", CultureInfo.InvariantCulture);

    private static string Name(string unit) => unit == "bytes" ? "MB" : unit;

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
