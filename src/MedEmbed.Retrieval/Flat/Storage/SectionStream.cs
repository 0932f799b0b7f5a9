using System.IO.Hashing;
using System.Runtime.InteropServices;

namespace MedEmbed.Retrieval.Flat.Storage;

/// <summary>Writes sections one after the other, each aligned to 64 bytes and hashed as it goes.</summary>
internal sealed class SectionStream(Stream stream)
{
    private readonly List<SegmentSection> _sections = [];
    private readonly XxHash128 _hash = new();

    public IReadOnlyList<SegmentSection> Sections => _sections;

    public void Write(SectionKind kind, int rowBytes, Action<SectionStream> write)
    {
        long start = RowLayout.RoundUp(stream.Position, 64);
        Span<byte> padding = stackalloc byte[64];
        padding.Clear();
        stream.Write(padding[..(int)(start - stream.Position)]);
        _hash.Reset();
        write(this);
        _sections.Add(new SegmentSection(kind, rowBytes, start, stream.Position - start, _hash.GetCurrentHashAsUInt128()));
    }

    public void Append<T>(ReadOnlySpan<T> values)
        where T : unmanaged
    {
        ReadOnlySpan<byte> bytes = MemoryMarshal.AsBytes(values);
        _hash.Append(bytes);
        stream.Write(bytes);
    }
}
