using System.CommandLine;
using MedEmbed.Cli.CommandLine;
using MedEmbed.Data.Texts;

namespace MedEmbed.Cli.Options;

/// <summary>Options of commands that read texts.</summary>
internal sealed class InputOptions
{
    private Option<bool> SkipBadLines { get; } = new("--skip-bad-lines") { Description = "Leave faulty lines out and count them, instead of ending with an error." };

    public void AddTo(Command command) => command.Options.Add(SkipBadLines);

    public DocumentReadOptions Of(CommandInvocation invocation) => new() { SkipBadLines = invocation.Get(SkipBadLines) };

    /// <summary>Opens <paramref name="path"/>, or standard input for <c>-</c>.</summary>
    public static DocumentReader Open(CommandInvocation invocation, string path, DocumentReadOptions options)
    {
        if (path == "-")
        {
            if (invocation.Environment.InputIsTerminal)
                invocation.Progress.Note("Reading texts from the keyboard, one a line; Ctrl-D ends them.");
            return new DocumentReader(invocation.Environment.OpenInput(), "standard input", options);
        }

        if (path.Length == 0)
            throw new UsageException("The input's name is empty; give a path, or - for standard input.");
        if (Directory.Exists(path))
            throw new UsageException($"{path}: is a folder; name a file in it.");
        return File.Exists(path) ? new DocumentReader(path, options) : throw new FileNotFoundException($"{path}: there is no such file.", path);
    }

    /// <summary>Whether another run would find the same input: not so for standard input, pipes and devices.</summary>
    public static bool CanBeReadAgain(string path) => path != "-" && new FileInfo(path) is { Exists: true, Length: > 0 };

    /// <summary>Says how many lines were left out, and why the first ones were.</summary>
    public static void NoteBadLines(CommandInvocation invocation, DocumentReader reader)
    {
        if (reader.BadLines.Count == 0)
            return;
        invocation.Progress.Note($"{reader.BadLines.Count} faulty lines left out:");
        foreach (string reason in reader.BadLines.FirstReasons)
            invocation.Progress.Note($"  {reason}");
    }
}
