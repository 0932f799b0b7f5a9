using System.Buffers;

namespace MedEmbed.Retrieval.Flat.Storage;

/// <summary>Rows gathered in memory until they make a segment.</summary>
internal sealed class SegmentBuffer(int dimensions)
{
    private readonly Dictionary<string, int> _rowOfId = new(StringComparer.Ordinal);
    private readonly List<(int Id, int Record)> _ends = [];
    private readonly List<bool> _removed = [];
    private readonly ArrayBufferWriter<byte> _ids = new();
    private readonly ArrayBufferWriter<byte> _records = new();
    private readonly ArrayBufferWriter<float> _vectors = new();

    /// <summary>Rows that were not removed.</summary>
    public int LiveRows => _rowOfId.Count;

    /// <summary>Rows, with those removed.</summary>
    public int Rows => _ends.Count;

    /// <summary>Memory taken by the rows.</summary>
    public long Bytes => _ids.WrittenCount + _records.WrittenCount + (long)_vectors.WrittenCount * sizeof(float);

    public bool Contains(string id) => _rowOfId.ContainsKey(id);

    public void Add(string id, ReadOnlySpan<byte> idUtf8, ReadOnlySpan<byte> record, ReadOnlySpan<float> vector)
    {
        _rowOfId.Add(id, _ends.Count);
        _ids.Write(idUtf8);
        _records.Write(record);
        _vectors.Write(vector);
        _removed.Add(false);
        _ends.Add((_ids.WrittenCount, _records.WrittenCount));
    }

    public bool Remove(string id)
    {
        if (!_rowOfId.Remove(id, out int row))
            return false;
        _removed[row] = true;
        return true;
    }

    public bool IsRemoved(int row) => _removed[row];

    public ReadOnlySpan<byte> IdUtf8(int row) => Slice(_ids.WrittenSpan, row == 0 ? 0 : _ends[row - 1].Id, _ends[row].Id);

    public ReadOnlySpan<byte> Record(int row) => Slice(_records.WrittenSpan, row == 0 ? 0 : _ends[row - 1].Record, _ends[row].Record);

    public ReadOnlySpan<float> Vector(int row) => _vectors.WrittenSpan.Slice(row * dimensions, dimensions);

    public void Clear()
    {
        _rowOfId.Clear();
        _ends.Clear();
        _removed.Clear();
        _ids.ResetWrittenCount();
        _records.ResetWrittenCount();
        _vectors.ResetWrittenCount();
    }

    private static ReadOnlySpan<byte> Slice(ReadOnlySpan<byte> bytes, int start, int end) => bytes[start..end];
}
