namespace MedEmbed.Retrieval.Flat.Storage;

/// <summary>Keeps a second writer, of this or another process, out of a folder. The system releases it when the process ends, however it ends.</summary>
internal sealed class WriterLock : IDisposable
{
    public const string FileName = "writer.lock";

    private readonly FileStream _file;

    private WriterLock(FileStream file) => _file = file;

    /// <exception cref="IOException">Another writer holds the lock.</exception>
    public static WriterLock Acquire(string folder)
    {
        string path = Path.Combine(folder, FileName);
        try
        {
            return new WriterLock(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException held) when (held is not (DirectoryNotFoundException or FileNotFoundException))
        {
            throw new IOException($"{path}: another process is writing to this index, and only one may at a time. Wait until it ends ({held.Message}).", held);
        }
    }

    public void Dispose() => _file.Dispose();
}
