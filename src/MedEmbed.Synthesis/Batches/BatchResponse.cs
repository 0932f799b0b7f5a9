using MedEmbed.Synthesis.Completions;

namespace MedEmbed.Synthesis.Batches;

/// <summary>What a batch gave for one request.</summary>
/// <param name="Completion">The answer; null where the request failed.</param>
/// <param name="Error">Why it failed; null where it did not.</param>
internal sealed record BatchResponse(Completion? Completion, string? Error);
