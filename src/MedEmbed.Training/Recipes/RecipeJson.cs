using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace MedEmbed.Training.Recipes;

/// <summary>How recipes are written: snake_case keys, unknown ones refused.</summary>
public static class RecipeJson
{
    /// <summary>The settings for reading and writing recipes.</summary>
    public static JsonSerializerOptions Options { get; } = Build();

    /// <summary>A value's name as recipes write it.</summary>
    internal static string NameOf<T>(T value)
        where T : struct, Enum => EnumNames.Instance.ConvertName(value.ToString());

    private static JsonSerializerOptions Build()
    {
        var options = new JsonSerializerOptions
        {
            PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
            UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            RespectNullableAnnotations = true,
            WriteIndented = true,
            Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
            Converters = { new JsonStringEnumConverter(EnumNames.Instance, allowIntegerValues: false) },
        };
        options.MakeReadOnly();
        return options;
    }

    private sealed class EnumNames : JsonNamingPolicy
    {
        public static EnumNames Instance { get; } = new();

        // The usual policy would make "b_f16" of BF16, which nobody writes.
        public override string ConvertName(string name) => name is "F32" or "F16" or "BF16" ? name.ToLowerInvariant() : SnakeCaseLower.ConvertName(name);
    }
}
