using System.Text.Json.Nodes;

namespace MedEmbed.Evaluation.Results;

/// <summary>A split's part of a result file.</summary>
/// <param name="Scores">MTEB's scores.</param>
/// <param name="Identity">What the scores are of: model, data, prompts, settings, and each query's scores.</param>
/// <param name="Run">When, where and how fast.</param>
internal sealed record SplitResult(JsonObject Scores, JsonObject Identity, JsonObject Run);
