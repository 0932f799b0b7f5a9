using System.Text.Json.Serialization;

namespace MedEmbed.Synthesis.Completions;

/// <summary>A line of the store.</summary>
internal sealed record StoredCompletion(string Key, string NoteId, string Text, string? FinishReason, string? Refusal, string? Model, long InputTokens, long OutputTokens)
{
    public Completion ToCompletion() => new(Text, FinishReason, Refusal, Model, InputTokens, OutputTokens);
}

/// <summary>The line's JSON form.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = false)]
[JsonSerializable(typeof(StoredCompletion))]
internal sealed partial class StoredCompletionJson : JsonSerializerContext;
