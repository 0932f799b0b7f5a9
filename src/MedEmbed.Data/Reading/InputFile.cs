using ZstdSharp;

namespace MedEmbed.Data.Reading;

/// <summary>A file opened for reading, decompressed by extension (<c>.gz</c>, <c>.zst</c>); <c>-</c> is standard input.</summary>
internal sealed class InputFile : IAsyncDisposable
{
    private readonly CountingStream _raw;
    private readonly bool _leaveOpen;

    private InputFile(string name, CountingStream raw, Stream content, long? length, bool leaveOpen) =>
        (Name, _raw, Content, Length, _leaveOpen) = (name, raw, content, length, leaveOpen);

    /// <summary>What errors call the file.</summary>
    public string Name { get; }

    /// <summary>The decompressed bytes.</summary>
    public Stream Content { get; }

    /// <summary>Bytes of the file as it lies on disk; null for pipes and standard input.</summary>
    public long? Length { get; }

    /// <summary>Bytes read of the file as it lies on disk.</summary>
    public long BytesRead => _raw.BytesRead;

    public static InputFile Open(string path)
    {
        if (path == "-")
            return Over(Console.OpenStandardInput(), path, leaveOpen: true);
        if (Directory.Exists(path))
            throw new DataFormatException(path, null, "is a folder; give a file.");
        FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.Asynchronous | FileOptions.SequentialScan);
        CountingStream raw = new(file);
        Stream content = Path.GetExtension(path).ToLowerInvariant() switch
        {
            ".gz" => new GzipInput(raw),
            ".zst" => new DecompressionStream(raw),
            _ => raw,
        };
        return new InputFile(path, raw, content, file.CanSeek ? file.Length : null, leaveOpen: false);
    }

    public static InputFile Over(Stream stream, string name, bool leaveOpen)
    {
        CountingStream raw = new(stream);
        return new InputFile(name, raw, raw, null, leaveOpen);
    }

    /// <summary>The extension that tells the format: the last one, or the one beneath <c>.gz</c> or <c>.zst</c>; lower case.</summary>
    public static string FormatExtension(string path)
    {
        string extension = Path.GetExtension(path).ToLowerInvariant();
        return extension is ".gz" or ".zst" ? Path.GetExtension(Path.GetFileNameWithoutExtension(path)).ToLowerInvariant() : extension;
    }

    /// <summary>Whether <paramref name="failure"/> says that compressed bytes are damaged or cut off.</summary>
    public static bool IsDamage(Exception failure) => failure is InvalidDataException or EndOfStreamException or ZstdException;

    public async ValueTask DisposeAsync()
    {
        if (_leaveOpen)
            return;
        await Content.DisposeAsync().ConfigureAwait(false);
        await _raw.DisposeAsync().ConfigureAwait(false);
    }
}
