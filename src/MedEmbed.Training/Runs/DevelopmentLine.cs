using System.Text.Json.Serialization;

namespace MedEmbed.Training.Runs;

/// <summary>A line of <c>development.jsonl</c>: one look at the development data.</summary>
/// <param name="Step">Steps taken; 0 is the base model.</param>
/// <param name="Score">nDCG@10.</param>
/// <param name="Seconds">What the look took.</param>
public sealed record DevelopmentLine(int Step, [property: JsonPropertyName("ndcg_at_10")] double Score, double Seconds);
