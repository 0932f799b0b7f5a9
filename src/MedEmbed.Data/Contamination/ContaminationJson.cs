using System.Text.Json.Serialization;

namespace MedEmbed.Data.Contamination;

/// <summary>The JSON form of a <see cref="ContaminationReport"/>: names in snake case.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, WriteIndented = true)]
[JsonSerializable(typeof(ContaminationReport))]
public sealed partial class ContaminationJson : JsonSerializerContext;
