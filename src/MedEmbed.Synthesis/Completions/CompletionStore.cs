using System.Buffers;
using System.Text.Json;

namespace MedEmbed.Synthesis.Completions;

/// <summary>Keeps every completion once, in one file that only grows: a JSON line each, on disk before <see cref="Add"/> returns.</summary>
/// <remarks>
/// A kill can leave a line without its end; the next opening cuts it off. Memory is about 150 bytes a completion, whatever its length. Thread-safe; one process at a time
/// holds the file. The file holds what the model wrote, and so text of the notes.
/// </remarks>
public sealed class CompletionStore : IDisposable
{
    private readonly FileStream _file;
    private readonly Dictionary<string, (long Offset, int Length)> _lines = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();
    private long _end;

    private CompletionStore(FileStream file) => _file = file;

    /// <summary>Completions in the store.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
                return _lines.Count;
        }
    }

    /// <summary>The file.</summary>
    public string Path => _file.Name;

    /// <summary>Opens the file at <paramref name="path"/>, which is made where it is missing.</summary>
    /// <exception cref="SynthesisFormatException">A line in the midst of the file is no completion.</exception>
    /// <exception cref="IOException">The folder is missing, or another process has the file.</exception>
    public static CompletionStore Open(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        CompletionStore store = new(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0));
        try
        {
            store.Load();
            return store;
        }
        catch
        {
            store.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    /// <summary>The completion stored under <paramref name="key"/>; null where there is none.</summary>
    internal Completion? Find(string key)
    {
        (long Offset, int Length) line;
        lock (_lock)
        {
            if (!_lines.TryGetValue(key, out line))
                return null;
        }

        byte[] bytes = ArrayPool<byte>.Shared.Rent(line.Length);
        try
        {
            ReadFully(bytes.AsSpan(0, line.Length), line.Offset);
            return Parse(bytes.AsSpan(0, line.Length))!.ToCompletion();
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }

    /// <summary>Stores a completion; one that is there under the same key stays.</summary>
    /// <exception cref="IOException">The disk is full or fails; the file is as it was.</exception>
    internal void Add(string key, string noteId, Completion completion)
    {
        byte[] json = JsonSerializer.SerializeToUtf8Bytes(
            new StoredCompletion(key, noteId, completion.Text, completion.FinishReason, completion.Refusal, completion.Model, completion.InputTokens, completion.OutputTokens),
            StoredCompletionJson.Default.StoredCompletion);
        byte[] line = [.. json, (byte)'\n'];
        lock (_lock)
        {
            if (_lines.ContainsKey(key))
                return;
            try
            {
                RandomAccess.Write(_file.SafeFileHandle, line, _end);
                RandomAccess.FlushToDisk(_file.SafeFileHandle);
            }
            catch (IOException)
            {
                _file.SetLength(_end);
                throw;
            }

            _lines[key] = (_end, json.Length);
            _end += line.Length;
        }
    }

    private void Load()
    {
        byte[] buffer = new byte[1 << 16];
        int filled = 0;
        long number = 0;
        bool torn = false;
        while (!torn && RandomAccess.Read(_file.SafeFileHandle, buffer.AsSpan(filled), _end + filled) is > 0 and var read)
        {
            filled += read;
            int start = 0;
            while (!torn && buffer.AsSpan(start, filled - start).IndexOf((byte)'\n') is >= 0 and var length)
            {
                number++;
                torn = !Admit(buffer.AsSpan(start, length));
                if (torn)
                    RequireLast(number, _end + length + 1);
                else
                    (start, _end) = (start + length + 1, _end + length + 1);
            }

            buffer.AsSpan(start, filled - start).CopyTo(buffer);
            filled -= start;
            if (filled == buffer.Length)
                Array.Resize(ref buffer, buffer.Length * 2);
        }

        _file.SetLength(_end);
    }

    private bool Admit(ReadOnlySpan<byte> line)
    {
        if (Parse(line) is not { Key.Length: > 0 } stored)
            return false;
        _lines.TryAdd(stored.Key, (_end, line.Length));
        return true;
    }

    // Blocks of a file that had grown when the power went may be zeros up to its end; damage before other lines is no such tear.
    private void RequireLast(long number, long next)
    {
        if (next < _file.Length)
            throw new SynthesisFormatException(FormattableString.Invariant($"{_file.Name}:{number}"), "is no stored completion; remove the line (its note is asked about again), or name another file.");
    }

    private static StoredCompletion? Parse(ReadOnlySpan<byte> line)
    {
        try
        {
            return JsonSerializer.Deserialize(line, StoredCompletionJson.Default.StoredCompletion);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private void ReadFully(Span<byte> bytes, long offset)
    {
        for (int done = 0; done < bytes.Length;)
        {
            int read = RandomAccess.Read(_file.SafeFileHandle, bytes[done..], offset + done);
            done += read > 0 ? read : throw new EndOfStreamException($"{_file.Name}: the file was shortened while it was in use.");
        }
    }
}
