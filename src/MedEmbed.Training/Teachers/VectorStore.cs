using System.Buffers;
using MedEmbed.Encoding;
using Microsoft.Win32.SafeHandles;

namespace MedEmbed.Training.Teachers;

/// <summary>Vectors of texts in a file that grows at its end, f16.</summary>
/// <remarks>
/// Every record has a checksum: of a file whose writer was killed, all records up to the first torn one are read, and the next writer goes on behind them.
/// Any number of processes may read; one at a time may write. Reading is thread-safe; appending is not.
/// </remarks>
internal sealed class VectorStore : IDisposable
{
    private const int ScanBytes = 1 << 20;

    private readonly string _path;
    private readonly VectorStoreLayout _layout;
    private readonly Dictionary<UInt128, long> _places = [];
    private SafeFileHandle? _file;
    private FileStream? _claim;
    private FileStream? _writer;
    private long _end;

    private VectorStore(string path, VectorStoreLayout layout) => (_path, _layout) = (path, layout);

    /// <summary>Opens the file at <paramref name="path"/>, which need not be there.</summary>
    /// <param name="path">Where.</param>
    /// <param name="dimensions">Numbers a vector has.</param>
    /// <param name="key">Names what made the vectors; a file of another key counts as empty.</param>
    public static VectorStore Open(string path, int dimensions, string key)
    {
        VectorStore store = new(path, new VectorStoreLayout(dimensions, key));
        store.Scan();
        return store;
    }

    public int Count => _places.Count;

    public bool Contains(UInt128 text) => _places.ContainsKey(text);

    /// <summary>Becomes the file's one writer, and takes in what others have written since.</summary>
    /// <exception cref="IOException">Another process writes, or the folder cannot be written.</exception>
    public void BeginAppend()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_path)!);
        Claim();
        _writer = new FileStream(_path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        Scan();
        if (_end == 0)
        {
            _writer.SetLength(0);
            _writer.Write(_layout.Head.Span);
            _end = _layout.Head.Length;
        }

        _writer.SetLength(_end);
        _writer.Position = _end;
        _file ??= OpenToRead();
    }

    /// <summary>Adds vectors, which are on disk when the call ends.</summary>
    public void Append(IReadOnlyList<UInt128> texts, EmbeddingMatrix vectors)
    {
        int record = _layout.RecordBytes;
        byte[] bytes = new byte[texts.Count * record];
        for (int i = 0; i < texts.Count; i++)
            VectorStoreLayout.Write(texts[i], vectors[i], bytes.AsSpan(i * record, record));
        _writer!.Write(bytes);
        _writer.Flush(flushToDisk: true);
        foreach (UInt128 text in texts)
        {
            _places[text] = _end;
            _end += record;
        }
    }

    /// <summary>Lets others write.</summary>
    public void EndAppend()
    {
        _writer?.Dispose();
        _writer = null;
        _claim?.Dispose();
        _claim = null;
    }

    /// <summary>Reads the vector of a text that the store contains.</summary>
    /// <exception cref="IOException">The file was changed from outside.</exception>
    public void Read(UInt128 text, Span<float> vector)
    {
        byte[] record = ArrayPool<byte>.Shared.Rent(_layout.RecordBytes);
        Span<byte> bytes = record.AsSpan(0, _layout.RecordBytes);
        if (RandomAccess.Read(_file!, bytes, _places[text]) != bytes.Length || VectorStoreLayout.TextOf(bytes) != text)
            throw new IOException($"{_path}: was changed by another program while it was in use. Delete it; the vectors will be computed again.");
        VectorStoreLayout.ReadVector(bytes, vector);
        ArrayPool<byte>.Shared.Return(record);
    }

    public void Dispose()
    {
        EndAppend();
        _file?.Dispose();
    }

    /// <summary>Takes in the records from where the last scan ended to the end, or to the first damaged one.</summary>
    private void Scan()
    {
        if (!File.Exists(_path))
            return;
        _file ??= OpenToRead();
        if (_end == 0 && !HasHead())
            return;
        _end = Math.Max(_end, _layout.Head.Length);
        int record = _layout.RecordBytes;
        byte[] bytes = new byte[Math.Max(ScanBytes / record, 1) * record];
        while (true)
        {
            int whole = RandomAccess.Read(_file, bytes, _end) / record * record;
            for (int start = 0; start < whole; start += record)
            {
                if (VectorStoreLayout.TextOf(bytes.AsSpan(start, record)) is not { } text)
                    return;
                _places[text] = _end;
                _end += record;
            }

            if (whole == 0)
                return;
        }
    }

    private bool HasHead()
    {
        byte[] head = new byte[_layout.Head.Length];
        return RandomAccess.Read(_file!, head, 0) == head.Length && _layout.Head.Span.SequenceEqual(head);
    }

    /// <summary>A file of its own, since on Unix a lock on the vectors' file would keep readers out too.</summary>
    private void Claim()
    {
        string path = _path + ".lock";
        try
        {
            _claim = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 1, FileOptions.DeleteOnClose);
        }
        catch (IOException error) when (File.Exists(path))
        {
            throw new IOException($"{_path}: is being written by another process ({error.Message}). Wait for it to end, or name another cache folder.", error);
        }
    }

    private SafeFileHandle OpenToRead() => File.OpenHandle(_path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
}
