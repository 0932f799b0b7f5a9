using System.Text.Json;

namespace MedEmbed.Retrieval;

/// <summary>A document as an index stores it and gives it back.</summary>
/// <param name="Id">Unique in the index, not empty, at most 65,535 bytes in UTF-8.</param>
/// <param name="Title">Title, where there is one.</param>
/// <param name="Text">Text; may be empty.</param>
public sealed record IndexedDocument(string Id, string? Title, string Text)
{
    /// <summary>A JSON object of anything else, where there is one. Filters see its top-level members.</summary>
    public JsonElement? Metadata { get; init; }
}
