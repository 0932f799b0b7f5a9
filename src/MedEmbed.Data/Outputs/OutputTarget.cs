namespace MedEmbed.Data.Outputs;

/// <summary>Where an output goes: a regular file, which is written beside its name and renamed, or a pipe or device, which is written directly.</summary>
internal sealed class OutputTarget
{
    private OutputTarget(string path, Stream? direct) => (Path, Direct) = (path, direct);

    /// <summary>The file's path, links followed.</summary>
    public string Path { get; }

    /// <summary>The open pipe or device; null for a regular file.</summary>
    public Stream? Direct { get; }

    /// <summary>Where the file grows before it is renamed.</summary>
    public string PartialPath => Path + ".partial";

    /// <exception cref="OutputExistsException">A regular file is there and <paramref name="overwrite"/> is false.</exception>
    /// <exception cref="IOException">The path is a folder, or its folder is missing.</exception>
    public static OutputTarget Resolve(string path, bool overwrite, Stream? standardOutput = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (path == "-")
            return new OutputTarget(path, standardOutput ?? Console.OpenStandardOutput());
        string full = System.IO.Path.GetFullPath(path);
        if (IsDevice(full))
            return new OutputTarget(path, OpenDirect(full));
        string target = new FileInfo(full).LinkTarget is null ? full : File.ResolveLinkTarget(full, returnFinalTarget: true)!.FullName;
        if (IsDevice(target))
            return new OutputTarget(path, OpenDirect(target));
        if (Directory.Exists(target))
            throw new IOException($"{path}: is a folder; name a file in it.");
        if (System.IO.Path.GetDirectoryName(target) is { Length: > 0 } folder && !Directory.Exists(folder))
            throw new DirectoryNotFoundException($"{path}: the folder {folder} is missing; create it, or name another output.");
        if (OpenPipe(target) is { } pipe)
            return new OutputTarget(path, pipe);
        if (File.Exists(target) && !overwrite)
            throw new OutputExistsException(path);
        return new OutputTarget(target, null);
    }

    private static bool IsDevice(string path) =>
        path.StartsWith("/dev/", StringComparison.Ordinal) || path.StartsWith("/proc/", StringComparison.Ordinal) || path.StartsWith(@"\\.\", StringComparison.Ordinal);

    private static FileStream OpenDirect(string path) => new(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);

    // A named pipe looks like an empty file until it is opened. Opening waits for the reader, as every writer of a pipe does.
    private static FileStream? OpenPipe(string path)
    {
        FileInfo file = new(path);
        if (!file.Exists || file.Length > 0)
            return null;
        FileStream opened = OpenDirect(path);
        if (!opened.CanSeek)
            return opened;
        opened.Dispose();
        return null;
    }
}
