namespace MedEmbed.Data.Outputs;

/// <summary>Writes a small file whole or not at all: to <c>F.partial</c>, down to the disk, then renamed. Pipes, devices and <c>-</c> are written directly.</summary>
public static class AtomicFile
{
    /// <summary>Writes the file at <paramref name="path"/> with what <paramref name="write"/> puts into the stream; where it throws, nothing is left behind.</summary>
    /// <exception cref="OutputExistsException">The file is there and <paramref name="overwrite"/> is false.</exception>
    /// <exception cref="IOException">The path is a folder, its folder is missing, the disk is full, or another process writes the same file.</exception>
    public static void Write(string path, Action<Stream> write, bool overwrite = false)
    {
        ArgumentNullException.ThrowIfNull(write);
        using PendingFile file = PendingFile.Create(path, overwrite);
        write(file.Stream);
        file.Complete();
    }

    /// <summary>The same for an asynchronous writer.</summary>
    /// <exception cref="OutputExistsException">The file is there and <paramref name="overwrite"/> is false.</exception>
    /// <exception cref="IOException">The path is a folder, its folder is missing, the disk is full, or another process writes the same file.</exception>
    public static async Task WriteAsync(string path, Func<Stream, CancellationToken, Task> write, bool overwrite = false, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(write);
        using PendingFile file = PendingFile.Create(path, overwrite);
        await write(file.Stream, cancellationToken).ConfigureAwait(false);
        file.Complete();
    }
}
