namespace MedEmbed.Retrieval.Filtering;

/// <summary>A stored document of which a filter reads as much as it needs.</summary>
internal interface IFilterableDocument
{
    /// <summary>The metadata object as UTF-8; empty: none.</summary>
    ReadOnlySpan<byte> MetadataUtf8 { get; }

    IndexedDocument Read();
}
