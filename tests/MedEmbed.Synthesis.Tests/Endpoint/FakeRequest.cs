using System.Text.Json;

namespace MedEmbed.Synthesis.Tests.Endpoint;

/// <summary>A request as the fake endpoint saw it; numbers begin with 1.</summary>
public sealed record FakeRequest(int Number, string Target, IReadOnlyDictionary<string, string> Headers, JsonElement Body)
{
    public bool Streams => Body.TryGetProperty("stream", out JsonElement stream) && stream.GetBoolean();

    public string? ResponseFormat => Body.TryGetProperty("response_format", out JsonElement format) ? format.GetProperty("type").GetString() : null;

    /// <summary>All messages as <c>role: text</c>.</summary>
    public string[] Messages => [.. Body.GetProperty("messages").EnumerateArray().Select(message => $"{message.GetProperty("role").GetString()}: {TextOf(message.GetProperty("content"))}")];

    private static string TextOf(JsonElement content) => content.ValueKind == JsonValueKind.String
        ? content.GetString()!
        : string.Concat(content.EnumerateArray().Select(part => part.GetProperty("text").GetString()));
}
