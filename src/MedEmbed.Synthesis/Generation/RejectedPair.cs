using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace MedEmbed.Synthesis.Generation;

/// <summary>A line of <c>rejected.jsonl</c>: a candidate, or a part of a note without answer, with the reason.</summary>
internal sealed record RejectedPair(string NoteId, string Reason, string Detail, string? QueryId = null, string? Query = null, string? QueryType = null, string? Information = null, double? Relevance = null, string? Source = null)
{
    public byte[] ToLine() => [.. JsonSerializer.SerializeToUtf8Bytes(this, Json.RejectedPair), (byte)'\n'];

    private static RejectedPairJson Json { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}

/// <summary>The line's JSON form.</summary>
[JsonSerializable(typeof(RejectedPair))]
internal sealed partial class RejectedPairJson : JsonSerializerContext;
