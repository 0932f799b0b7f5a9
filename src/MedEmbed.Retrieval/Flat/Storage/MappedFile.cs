using System.IO.MemoryMappedFiles;
using Microsoft.Win32.SafeHandles;

namespace MedEmbed.Retrieval.Flat.Storage;

/// <summary>A whole file mapped for reading.</summary>
/// <remarks>Its length is compared with what the index says before it is mapped, since reading past the end of a mapped file kills the process.
/// Files of an index are replaced, never shortened, so the length holds while it is mapped.</remarks>
internal sealed unsafe class MappedFile : IDisposable
{
    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;
    private readonly byte* _start;
    private bool _disposed;

    private MappedFile(string path, long length, MemoryMappedFile file)
    {
        (Path, Length, _file) = (path, length, file);
        _view = file.CreateViewAccessor(0, length, MemoryMappedFileAccess.Read);
        _view.SafeMemoryMappedViewHandle.AcquirePointer(ref _start);
    }

    public string Path { get; }

    public long Length { get; }

    /// <summary>The first byte; valid until the file is disposed.</summary>
    public byte* Start => _start;

    /// <exception cref="IndexFormatException">The file is missing or not <paramref name="length"/> bytes long.</exception>
    public static MappedFile Open(string path, long length)
    {
        SafeFileHandle handle;
        try
        {
            handle = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, FileOptions.RandomAccess);
        }
        catch (FileNotFoundException missing)
        {
            throw new IndexFormatException(path, "the index's manifest names this file and it is missing. Restore it or build the index again.", missing);
        }

        using (handle)
        {
            long found = RandomAccess.GetLength(handle);
            if (found != length || length == 0)
                throw new IndexFormatException(path, $"it has {found} bytes where {length} are recorded: truncated or replaced. Restore it or build the index again.");
            MemoryMappedFile file = MemoryMappedFile.CreateFromFile(handle, null, 0, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: true);
            return new MappedFile(path, length, file);
        }
    }

    public ReadOnlySpan<byte> Span(long offset, int length)
    {
        if (offset < 0 || length < 0 || offset > Length - length)
            throw new IndexFormatException(Path, $"{length} bytes at {offset} are outside its {Length} bytes: the file is damaged. Restore it or build the index again.");
        return new ReadOnlySpan<byte>(_start + offset, length);
    }

    public void Dispose()
    {
        if (_disposed)
            return;
        _disposed = true;
        _view.SafeMemoryMappedViewHandle.ReleasePointer();
        _view.Dispose();
        _file.Dispose();
    }
}
