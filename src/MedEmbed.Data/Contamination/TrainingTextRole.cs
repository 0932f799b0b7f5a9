using System.Text.Json.Serialization;

namespace MedEmbed.Data.Contamination;

/// <summary>What a text is in training.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<TrainingTextRole>))]
public enum TrainingTextRole
{
    /// <summary>A query.</summary>
    [JsonStringEnumMemberName("query")]
    Query,

    /// <summary>A passage that answers its query.</summary>
    [JsonStringEnumMemberName("positive")]
    Positive,

    /// <summary>A passage that does not.</summary>
    [JsonStringEnumMemberName("negative")]
    Negative,
}
