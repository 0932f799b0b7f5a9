using MedEmbed.Cli.CommandLine;
using MedEmbed.Data.Outputs;

namespace MedEmbed.Cli.Options;

/// <summary>Refuses an output that cannot be, before a model is loaded or a corpus read for it.</summary>
/// <remarks>The writers check again when they open it, since an output may appear in the meantime.</remarks>
internal static class OutputPath
{
    /// <summary>Requires that a file can be at <paramref name="path"/>; <c>-</c>, pipes and devices can.</summary>
    public static void RequireFile(string path, bool overwrite)
    {
        RequireName(path);
        if (path == "-")
            return;
        if (Directory.Exists(path))
            throw new UsageException($"{path}: is a folder; name a file in it.");
        RequireParent(path);

        // A named pipe looks like an empty file.
        if (!overwrite && new FileInfo(path) is { Exists: true, Length: > 0 })
            throw new OutputExistsException(path);
    }

    /// <summary>Requires that a folder can be at <paramref name="path"/>, which may hold an earlier output of the same kind alone.</summary>
    /// <param name="path">The folder to be.</param>
    /// <param name="overwrite">Whether an earlier output is replaced.</param>
    /// <param name="kind">What is written, such as <c>an index</c>.</param>
    /// <param name="isEarlier">Whether a folder that is not empty holds an earlier output: replacing it deletes all that is in it.</param>
    public static void RequireFolder(string path, bool overwrite, string kind, Predicate<string> isEarlier)
    {
        RequireName(path);
        if (path == "-")
            throw new UsageException($"{kind} is written to a folder, not to standard output; name one.");
        if (File.Exists(path))
            throw new UsageException($"{path}: is a file, where a folder is to be written; name another output.");
        RequireParent(path);
        if (!Directory.Exists(path) || !Directory.EnumerateFileSystemEntries(path).Any())
            return;
        if (!isEarlier(path))
            throw new UsageException($"{path}: holds something else than {kind}; name another folder, or empty it.");
        if (!overwrite)
            throw new OutputExistsException(path);
    }

    private static void RequireName(string path)
    {
        if (path.Length == 0)
            throw new UsageException("The output's name is empty; give a path.");
    }

    private static void RequireParent(string path)
    {
        string full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        if (Path.GetDirectoryName(full) is { Length: > 0 } folder && !Directory.Exists(folder))
            throw new DirectoryNotFoundException($"{path}: the folder {folder} is missing; create it, or name another output.");
    }
}
