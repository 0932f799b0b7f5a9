using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace MedEmbed.Synthesis.Generation;

/// <summary>Writes <c>report.json</c>.</summary>
internal static class ReportFile
{
    private static readonly JsonSerializerOptions Form = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The counts of <paramref name="report"/>, then <paramref name="description"/>.</summary>
    public static void Write<TReport>(string path, TReport report, IReadOnlyDictionary<string, object?> description)
    {
        JsonObject root = JsonSerializer.SerializeToNode(report, Form)!.AsObject();
        foreach ((string name, object? value) in description)
            root[name] = JsonSerializer.SerializeToNode(value, Form);
        File.WriteAllText(path, root.ToJsonString(Form) + "\n");
    }
}
