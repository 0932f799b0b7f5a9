using System.Text.Json.Serialization;

namespace MedEmbed.Data.Contamination;

/// <summary>What a benchmark's text is.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<BenchmarkTextKind>))]
public enum BenchmarkTextKind
{
    /// <summary>A query, of whatever split.</summary>
    [JsonStringEnumMemberName("query")]
    Query,

    /// <summary>A document of the corpus: its title, its text, or both.</summary>
    [JsonStringEnumMemberName("document")]
    Document,
}
