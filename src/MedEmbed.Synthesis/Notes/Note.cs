using System.Text.Json;

namespace MedEmbed.Synthesis.Notes;

/// <summary>A clinical note, section or article.</summary>
/// <param name="Id">Unique in its source.</param>
/// <param name="Title">The title; null where there is none.</param>
/// <param name="Text">The text as it stands in the source.</param>
/// <param name="Metadata">The JSON object of the metadata field; null where there is none.</param>
public sealed record Note(string Id, string? Title, string Text, JsonElement? Metadata = null);
