using System.Buffers;
using System.Buffers.Binary;
using Microsoft.Win32.SafeHandles;

namespace MedEmbed.Synthesis.Mining.Passages;

/// <summary>Passages' ids and texts in a file, looked up by number: 8 bytes of memory a passage. Reading is thread-safe once <see cref="Flush"/> was called.</summary>
internal sealed class PassageSpool : IDisposable
{
    private const int HeaderBytes = 2 * sizeof(int);

    private readonly FileStream _file;
    private readonly SafeFileHandle _handle;
    private readonly List<long> _ends = [];

    /// <summary>Begins an empty file at <paramref name="path"/>, which nobody else may open meanwhile.</summary>
    public PassageSpool(string path)
    {
        _file = new FileStream(path, FileMode.Create, FileAccess.ReadWrite, FileShare.None, bufferSize: 1 << 16);
        _handle = _file.SafeFileHandle;
    }

    public int Count => _ends.Count;

    public void Add(string id, string text)
    {
        byte[] idBytes = System.Text.Encoding.UTF8.GetBytes(id), textBytes = System.Text.Encoding.UTF8.GetBytes(text);
        Span<byte> header = stackalloc byte[HeaderBytes];
        BinaryPrimitives.WriteInt32LittleEndian(header, idBytes.Length);
        BinaryPrimitives.WriteInt32LittleEndian(header[sizeof(int)..], textBytes.Length);
        _file.Write(header);
        _file.Write(idBytes);
        _file.Write(textBytes);
        _ends.Add((_ends.Count == 0 ? 0 : _ends[^1]) + HeaderBytes + idBytes.Length + textBytes.Length);
    }

    /// <summary>Ends the adding.</summary>
    public void Flush() => _file.Flush();

    public string Text(int number) => Read(number).Text;

    public string Id(int number) => Read(number).Id;

    public (string Id, string Text) Read(int number)
    {
        long start = number == 0 ? 0 : _ends[number - 1];
        int length = (int)(_ends[number] - start);
        byte[] rented = ArrayPool<byte>.Shared.Rent(length);
        Span<byte> record = rented.AsSpan(0, length);
        for (int read = 0; read < length;)
        {
            int more = RandomAccess.Read(_handle, record[read..], start + read);
            if (more == 0)
                throw new EndOfStreamException($"{_file.Name}: ends before passage {number}; something else has changed the file. Run the command again.");
            read += more;
        }

        int idLength = BinaryPrimitives.ReadInt32LittleEndian(record);
        string id = System.Text.Encoding.UTF8.GetString(record.Slice(HeaderBytes, idLength));
        string text = System.Text.Encoding.UTF8.GetString(record[(HeaderBytes + idLength)..]);
        ArrayPool<byte>.Shared.Return(rented);
        return (id, text);
    }

    public void Dispose() => _file.Dispose();
}
