using System.Text.Json.Serialization;

namespace MedEmbed.Data.Contamination;

/// <summary>How a training text equals a benchmark's, the closest first.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<OverlapKind>))]
public enum OverlapKind
{
    /// <summary>Character for character, white space at either end aside.</summary>
    [JsonStringEnumMemberName("exact")]
    Exact,

    /// <summary>But for case, punctuation and white space (see <see cref="Texts.NormalizedText"/>).</summary>
    [JsonStringEnumMemberName("normalized")]
    Normalized,

    /// <summary>But for a few words (see <see cref="NearDuplicates.NearDuplicateIndex"/>).</summary>
    [JsonStringEnumMemberName("near_duplicate")]
    NearDuplicate,
}
