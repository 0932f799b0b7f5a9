using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace MedEmbed.Cli.Pipelines;

/// <summary>What a step's command told with <c>--json</c>.</summary>
internal sealed class StepSummary(JsonObject json)
{
    private const int MostFigures = 5;

    public JsonObject Json => json;

    /// <summary>Files that the summary names as its results.</summary>
    public IReadOnlyList<string> ResultFiles => [.. Results.Select(result => result["path"]?.GetValue<string>()).OfType<string>().Select(Path.GetFullPath)];

    private IEnumerable<JsonObject> Results => (json["results"] as JsonArray ?? []).OfType<JsonObject>();

    /// <summary>The summary in <paramref name="output"/>; null where a command told nothing.</summary>
    /// <exception cref="JsonException">It is no JSON object.</exception>
    public static StepSummary? Parse(string output) => string.IsNullOrWhiteSpace(output) ? null : new StepSummary(JsonNode.Parse(output)!.AsObject());

    /// <summary>The summary's figures in a line: results by task, else its first numbers.</summary>
    public string Line() => string.Join(", ", Results.Any() ? Results.Select(Result) : json.Select(Figure).OfType<string>().Take(MostFigures));

    private static string Result(JsonObject result) =>
        string.Create(CultureInfo.InvariantCulture, $"{result["task"]} nDCG@10 {result["ndcg_at10"]?.GetValue<double>():F4}");

    private static string? Figure(KeyValuePair<string, JsonNode?> field)
    {
        if (field.Value?.GetValueKind() != JsonValueKind.Number)
            return null;
        double number = field.Value.GetValue<double>();
        string name = field.Key.Replace('_', ' ');
        return number == 0 ? null : string.Create(CultureInfo.InvariantCulture, $"{name} {(number == Math.Floor(number) ? number.ToString("N0", CultureInfo.InvariantCulture) : number.ToString("G4", CultureInfo.InvariantCulture))}");
    }
}
