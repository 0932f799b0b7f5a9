namespace MedEmbed.Data.Outputs;

/// <summary>Writes a folder whole or not at all: it is built in <c>DIR.partial</c> and renamed.</summary>
/// <remarks>While an old folder is replaced it is <c>DIR.replaced</c> for a moment; where a kill falls into that moment, the next opening puts it back.
/// Disposing without <see cref="Complete"/> keeps the partial folder where it was opened to be continued, and deletes it otherwise. Not thread-safe.</remarks>
public sealed class AtomicFolder : IDisposable
{
    private readonly string _target;
    private readonly bool _resumable;
    private bool _completed;

    private AtomicFolder(string target, bool resumable, bool continued) => (_target, _resumable, Continued) = (target, resumable, continued);

    /// <summary>The folder to put files into.</summary>
    public string Path => _target + ".partial";

    /// <summary>Whether files of an earlier, unfinished run are in it.</summary>
    public bool Continued { get; }

    /// <summary>Opens the folder to be at <paramref name="path"/>.</summary>
    /// <param name="path">The folder's name when it is complete.</param>
    /// <param name="overwrite">Whether a complete folder is replaced.</param>
    /// <param name="resumable">Whether files of an unfinished run are kept, now and at the disposal; else they go.</param>
    /// <exception cref="OutputExistsException">The folder is there, not empty, and not to be overwritten.</exception>
    /// <exception cref="IOException">The path is a file, or cannot be written.</exception>
    public static AtomicFolder Open(string path, bool overwrite = false, bool resumable = false)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        string target = System.IO.Path.TrimEndingDirectorySeparator(System.IO.Path.GetFullPath(path));
        if (File.Exists(target))
            throw new IOException($"{path}: is a file, where a folder is to be written; name another output.");
        if (!Directory.Exists(target) && Directory.Exists(Replaced(target)))
            Directory.Move(Replaced(target), target);
        if (!overwrite && Directory.Exists(target) && Directory.EnumerateFileSystemEntries(target).Any())
            throw new OutputExistsException(path);
        AtomicFolder folder = new(target, resumable, resumable && Directory.Exists(target + ".partial"));
        if (!resumable)
            DeleteIfThere(folder.Path);
        Directory.CreateDirectory(folder.Path);
        return folder;
    }

    /// <summary>Every file reaches the disk, and the folder takes its name.</summary>
    public void Complete()
    {
        foreach (string path in Directory.EnumerateFiles(Path, "*", SearchOption.AllDirectories))
        {
            using FileStream file = new(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite, bufferSize: 0);
            file.Flush(flushToDisk: true);
        }

        string replaced = Replaced(_target);
        if (Directory.Exists(_target))
        {
            DeleteIfThere(replaced);
            Directory.Move(_target, replaced);
        }

        Directory.Move(Path, _target);
        _completed = true;
        DeleteIfThere(replaced);
    }

    /// <summary>Closes the folder.</summary>
    public void Dispose()
    {
        if (!_completed && !_resumable)
            DeleteIfThere(Path);
    }

    private static string Replaced(string target) => target + ".replaced";

    private static void DeleteIfThere(string folder)
    {
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
    }
}
