using MedEmbed.Data.Texts;
using MedEmbed.Retrieval;

namespace MedEmbed.Cli.Encoding;

/// <summary>Documents as they are read to documents as an index keeps them.</summary>
internal static class DocumentConversion
{
    public static IndexedDocument ToIndexed(this Document document) => new(document.Id, document.Title, document.Text) { Metadata = document.Metadata };
}
