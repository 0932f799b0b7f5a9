namespace MedEmbed.Synthesis.Completions;

/// <summary>An LLM's answer as it came.</summary>
/// <param name="Text">The content; may be empty.</param>
/// <param name="FinishReason"><c>stop</c>, <c>length</c>, <c>content_filter</c> or another word of the endpoint; null where it gave none.</param>
/// <param name="Refusal">What the endpoint gave as a refusal; null where it gave none.</param>
/// <param name="Model">The model that answered, as the endpoint names it; null where it does not.</param>
/// <param name="InputTokens">Tokens of the request; 0 where the endpoint does not tell.</param>
/// <param name="OutputTokens">Tokens of the answer; 0 where the endpoint does not tell.</param>
public sealed record Completion(string Text, string? FinishReason, string? Refusal, string? Model, long InputTokens, long OutputTokens);
