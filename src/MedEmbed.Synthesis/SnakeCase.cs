using System.Text.Json;

namespace MedEmbed.Synthesis;

/// <summary>Names of enumerations as files have them.</summary>
internal static class SnakeCase
{
    /// <summary>Such as <c>query_too_long</c>.</summary>
    public static string Of<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());
}
