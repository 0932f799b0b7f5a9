using System.Runtime.InteropServices;

namespace MedEmbed.Retrieval.Flat.Storage;

/// <summary>Files that are whole or absent after a crash: written beside their place, flushed to the disk, then renamed.</summary>
internal static partial class DurableFile
{
    public const string TemporarySuffix = ".tmp";

    public static void Write(string path, Action<FileStream> write)
    {
        string temporary = path + TemporarySuffix;
        try
        {
            using (FileStream stream = new(temporary, FileMode.Create, FileAccess.ReadWrite, FileShare.None, bufferSize: 1 << 16))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }

        FlushFolder(Path.GetDirectoryName(path)!);
    }

    /// <summary>Makes a rename in <paramref name="folder"/> last through a power cut. Windows does so by itself.</summary>
    public static void FlushFolder(string folder)
    {
        if (OperatingSystem.IsWindows())
            return;
        int descriptor = Open(folder, 0);
        if (descriptor < 0)
            throw new IOException($"{folder} cannot be opened to flush it (error {Marshal.GetLastPInvokeError()}).");
        try
        {
            // Some network file systems cannot flush a folder and say so with EINVAL (22); nothing more can be done there.
            if (Flush(descriptor) != 0 && Marshal.GetLastPInvokeError() is not 22 and var error)
                throw new IOException($"{folder} cannot be flushed to the disk (error {error}).");
        }
        finally
        {
            _ = Close(descriptor);
        }
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Flush(int descriptor);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    private static partial int Close(int descriptor);
}
