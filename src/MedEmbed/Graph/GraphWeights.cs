using System.Runtime.InteropServices;

namespace MedEmbed.Graph;

/// <summary>The file of weights beside a graph: protobuf ends at 2 GB, so weights are external data.</summary>
internal sealed class GraphWeights(Stream stream, string fileName)
{
    /// <summary>So that ONNX Runtime can map the file instead of reading it (its allocation granularity on every system).</summary>
    private const int Alignment = 1 << 16;

    /// <summary>Small tensors are copied anyway; they only need to be aligned as numbers.</summary>
    private const int SmallAlignment = 64;

    /// <summary>The file's name, which the graph holds.</summary>
    public string FileName => fileName;

    /// <summary>Appends numbers and tells where they begin.</summary>
    public long Append<T>(ReadOnlySpan<T> values)
        where T : unmanaged
    {
        ReadOnlySpan<byte> bytes = MemoryMarshal.AsBytes(values);
        int alignment = bytes.Length >= Alignment ? Alignment : SmallAlignment;
        long offset = (stream.Position + alignment - 1) / alignment * alignment;
        Span<byte> zeros = stackalloc byte[1024];
        zeros.Clear();
        while (stream.Position < offset)
            stream.Write(zeros[..(int)Math.Min(zeros.Length, offset - stream.Position)]);
        stream.Write(bytes);
        return offset;
    }
}
