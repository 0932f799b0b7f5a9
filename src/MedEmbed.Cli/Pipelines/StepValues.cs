using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace MedEmbed.Cli.Pipelines;

/// <summary>Walks through a step's values: makes paths full, and collects what is read and written.</summary>
/// <param name="folder">Full path of the folder from which paths begin.</param>
/// <param name="findModel">The folder of a model that is named rather than given by path; null where the name leads to none here.</param>
internal sealed class StepValues(string folder, Func<string, string?> findModel)
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly List<StepInput> _inputs = [];
    private readonly List<string> _outputs = [];
    private readonly List<string> _kept = [];
    private readonly SortedDictionary<string, string> _settings = new(StringComparer.Ordinal);

    public IReadOnlyList<StepInput> Inputs => _inputs;

    public IReadOnlyList<string> Outputs => _outputs;

    public IReadOnlyList<string> Kept => _kept;

    public IReadOnlyDictionary<string, string> Settings => _settings;

    /// <summary>Takes a value in.</summary>
    /// <returns>The value with full paths.</returns>
    public JsonNode Add(string label, PathKind? kind, JsonNode value)
    {
        (JsonNode full, JsonNode setting) = Walk(label, kind, value);
        if (kind is not PathKind.Keep)
            _settings.Add(label, setting.ToJsonString(Plain));
        return full;
    }

    /// <summary>Takes a file in that no value names.</summary>
    public void AddInput(string label, PathKind kind, string value) => Text(label, kind, value);

    /// <summary>A value as text for a command line.</summary>
    public static string TextOf(JsonNode value) => value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : value.ToJsonString(Plain);

    private (JsonNode Full, JsonNode Setting) Walk(string label, PathKind? kind, JsonNode value)
    {
        switch (value)
        {
            case JsonArray items:
                (JsonNode Full, JsonNode Setting)[] walked = [.. items.Select((item, i) => WalkOrNull(string.Create(CultureInfo.InvariantCulture, $"{label}[{i}]"), kind, item))];
                return (new JsonArray([.. walked.Select(item => item.Full)]), new JsonArray([.. walked.Select(item => item.Setting)]));
            case JsonObject fields:
                KeyValuePair<string, (JsonNode Full, JsonNode Setting)>[] named =
                    [.. fields.Select(field => KeyValuePair.Create(field.Key, WalkOrNull($"{label}.{field.Key}", KindWithin(kind, field.Key), field.Value)))];
                return (
                    new JsonObject(named.Select(field => KeyValuePair.Create(field.Key, (JsonNode?)field.Value.Full))),
                    new JsonObject(named.Select(field => KeyValuePair.Create(field.Key, (JsonNode?)field.Value.Setting))));
            case JsonValue single when kind is { } path && single.TryGetValue(out string? text):
                string full = Text(label, path, text);
                return (JsonValue.Create(full), JsonValue.Create(path == PathKind.Write ? "" : ShortOf(path, full)));
            default:
                return (value.DeepClone(), value.DeepClone());
        }
    }

    private (JsonNode Full, JsonNode Setting) WalkOrNull(string label, PathKind? kind, JsonNode? value) => value is null ? (null!, null!) : Walk(label, kind, value);

    /// <summary>What a field of an object names: data sets have a <c>path</c>, teachers a <c>model</c>.</summary>
    private static PathKind? KindWithin(PathKind? kind, string key) => (kind, key) switch
    {
        (PathKind.Read, "path") => PathKind.Read,
        (PathKind.Model, "model") => PathKind.Model,
        _ => null,
    };

    private string Text(string label, PathKind kind, string text)
    {
        switch (kind)
        {
            case PathKind.Model:
                string model = Rooted(text);
                if ((Path.IsPathRooted(model) ? WithoutWeight(model) : findModel(WithoutWeight(model))) is { } location)
                    _inputs.Add(new StepInput(label, location));
                return model;
            case PathKind.Task:
                string[] tasks = [.. text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(Rooted)];
                _inputs.AddRange(tasks.Where(Path.IsPathRooted).Select(task => new StepInput(label, task)));
                return string.Join(',', tasks);
            default:
                string path = Path.GetFullPath(text, folder);
                if (kind == PathKind.Read)
                    _inputs.Add(new StepInput(label, path));
                else
                    (kind == PathKind.Write ? _outputs : _kept).Add(path);
                return path;
        }
    }

    /// <summary>A full path where the text begins as one does; names stand as they are.</summary>
    private string Rooted(string text) =>
        text is "." or ".." || text.StartsWith("./", StringComparison.Ordinal) || text.StartsWith("../", StringComparison.Ordinal) || Path.IsPathRooted(text) ? Path.GetFullPath(text, folder) : text;

    private static string ShortOf(PathKind kind, string text) => kind == PathKind.Task ? string.Join(',', text.Split(',').Select(LastPart)) : LastPart(text);

    private static string LastPart(string text) => Path.IsPathRooted(text) ? Path.GetFileName(Path.TrimEndingDirectorySeparator(text)) : text;

    private static string WithoutWeight(string model)
    {
        int equals = model.LastIndexOf('=');
        return equals > 0 && !Directory.Exists(model) && double.TryParse(model.AsSpan(equals + 1), NumberStyles.Float, CultureInfo.InvariantCulture, out _) ? model[..equals] : model;
    }
}
