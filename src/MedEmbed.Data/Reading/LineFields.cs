using System.Text.Json;

namespace MedEmbed.Data.Reading;

/// <summary>The names of a JSON line's fields, for telling forms apart and for error messages.</summary>
internal static class LineFields
{
    /// <summary>The names in their order; null where the line is no whole object, which its reader then says, or blank.</summary>
    public static List<string>? NamesOf(ReadOnlySpan<byte> line, int maxDepth)
    {
        try
        {
            Utf8JsonReader json = new(line, new JsonReaderOptions { MaxDepth = maxDepth });
            if (!json.Read() || json.TokenType != JsonTokenType.StartObject)
                return null;
            List<string> names = [];
            while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
            {
                names.Add(json.GetString()!);
                json.Skip();
            }

            return names;
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>The names as messages list them: in quotes, a comma between.</summary>
    public static string Listed(IEnumerable<string> names) => string.Join(", ", names.Select(name => $"\"{name}\""));
}
