using MedEmbed.Retrieval.Filtering;
using MedEmbed.Retrieval.Flat.Storage;

namespace MedEmbed.Retrieval.Flat.Scanning;

/// <summary>A row as a filter sees it; pointed at one row after another.</summary>
internal sealed class StoredRow : IFilterableDocument
{
    private Segment? _segment;
    private int _row;

    public ReadOnlySpan<byte> MetadataUtf8 => _segment!.MetadataUtf8(_row);

    public StoredRow At(Segment segment, int row)
    {
        (_segment, _row) = (segment, row);
        return this;
    }

    public IndexedDocument Read() => _segment!.Document(_row);
}
