namespace MedEmbed.Data.Outputs;

/// <summary>Writes a small file whole or not at all: to <c>F.partial</c>, down to the disk, then renamed. Pipes, devices and <c>-</c> are written directly.</summary>
public static class AtomicFile
{
    /// <summary>Writes the file at <paramref name="path"/> with what <paramref name="write"/> puts into the stream; where it throws, nothing is left behind.</summary>
    /// <param name="path">Where; <c>-</c> is <paramref name="standardOutput"/>.</param>
    /// <param name="write">Puts the content into the stream.</param>
    /// <param name="overwrite">Whether a file that is there is replaced.</param>
    /// <param name="standardOutput">Null is the process's own. It is closed.</param>
    /// <exception cref="OutputExistsException">The file is there and <paramref name="overwrite"/> is false.</exception>
    /// <exception cref="IOException">The path is a folder, its folder is missing, the disk is full, or another process writes the same file.</exception>
    public static void Write(string path, Action<Stream> write, bool overwrite = false, Stream? standardOutput = null)
    {
        ArgumentNullException.ThrowIfNull(write);
        using PendingFile file = PendingFile.Create(path, overwrite, standardOutput);
        write(file.Stream);
        file.Complete();
    }

    /// <summary>The same for an asynchronous writer.</summary>
    /// <exception cref="OutputExistsException">The file is there and <paramref name="overwrite"/> is false.</exception>
    /// <exception cref="IOException">The path is a folder, its folder is missing, the disk is full, or another process writes the same file.</exception>
    public static async Task WriteAsync(string path, Func<Stream, CancellationToken, Task> write, bool overwrite = false, Stream? standardOutput = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(write);
        using PendingFile file = PendingFile.Create(path, overwrite, standardOutput);
        await write(file.Stream, cancellationToken).ConfigureAwait(false);
        file.Complete();
    }
}
