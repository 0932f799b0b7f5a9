using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using MedEmbed.Cli.CommandLine;

namespace MedEmbed.Cli.Pipelines;

/// <summary>The values that <c>${NAME}</c> stands for: paths, which begin at the file's folder, and texts, numbers and switches, which stand as they are.</summary>
/// <remarks><c>$${</c> is <c>${</c> itself. A string that is one reference alone takes the value with its kind.</remarks>
internal sealed partial class PipelineVariables
{
    /// <summary>The path that every pipeline has: the folder of its state.</summary>
    public const string Work = "work";

    private readonly string _file;
    private readonly Dictionary<string, JsonNode> _values = new(StringComparer.Ordinal);

    private PipelineVariables(string file) => _file = file;

    /// <summary>Reads <c>paths</c> and <c>variables</c> of a pipeline.</summary>
    /// <param name="file">The pipeline's file.</param>
    /// <param name="folder">Full path of its folder.</param>
    /// <param name="pipeline">Its content.</param>
    /// <param name="given">Values of the command line, which stand above the file's; paths among them begin at the current folder.</param>
    /// <exception cref="PipelineFormatException">A value is of the wrong kind, or names a variable that does not stand above it.</exception>
    /// <exception cref="UsageException"><paramref name="given"/> names what the file lacks, or is of another kind.</exception>
    public static PipelineVariables Read(string file, string folder, JsonObject pipeline, IReadOnlyDictionary<string, string> given)
    {
        var variables = new PipelineVariables(file);
        var rest = new Dictionary<string, string>(given, StringComparer.Ordinal);
        foreach ((string name, JsonNode? value) in variables.Section(pipeline, "paths"))
        {
            string path = rest.Remove(name, out string? set)
                ? Path.GetFullPath(set)
                : Path.GetFullPath(variables.Text(variables.Expand(value, $"paths.{name}"), $"paths.{name}"), folder);
            variables.Add(name, JsonValue.Create(path));
        }

        foreach ((string name, JsonNode? value) in variables.Section(pipeline, "variables"))
        {
            if (value?.GetValueKind() is not (JsonValueKind.String or JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False))
                throw new PipelineFormatException(file, $"\"variables.{name}\" must be a text, a number, true or false.");
            variables.Add(name, rest.Remove(name, out string? set) ? Given(name, set, value) : variables.Expand(value, $"variables.{name}")!);
        }

        if (rest.Keys.FirstOrDefault() is { } unknown)
            throw new UsageException($"--set {unknown}: {file} has no such path or variable. {Choices.Of(unknown, variables._values.Keys)}");
        return variables;
    }

    /// <summary>The path called <paramref name="name"/>; null where there is none.</summary>
    public string? PathOf(string name) => _values.GetValueOrDefault(name)?.GetValue<string>();

    /// <summary>A copy of <paramref name="node"/> in which every reference is replaced.</summary>
    /// <param name="node">Any value.</param>
    /// <param name="place">Where it stands, for messages.</param>
    /// <exception cref="PipelineFormatException">A reference names no variable, or is not closed.</exception>
    public JsonNode? Expand(JsonNode? node, string place) => node switch
    {
        JsonObject fields => new JsonObject(fields.Select(field => KeyValuePair.Create(field.Key, Expand(field.Value, $"{place}.{field.Key}")))),
        JsonArray items => new JsonArray([.. items.Select((item, i) => Expand(item, $"{place}[{i}]"))]),
        JsonValue value when value.TryGetValue(out string? text) => Expand(text, place),
        _ => node?.DeepClone(),
    };

    private JsonNode Expand(string text, string place)
    {
        Match first = Reference().Match(text);
        if (first.Length == text.Length && first.Groups["name"].Success)
            return Find(first, place).DeepClone();
        return JsonValue.Create(Reference().Replace(text, match => match.Value == "$${" ? "${" : TextOf(Find(match, place))));
    }

    private JsonNode Find(Match reference, string place)
    {
        if (!reference.Groups["name"].Success)
            throw new PipelineFormatException(_file, $"\"{place}\" has a \"${{\" without \"}}\"; close it, or write \"$${{\" for the characters themselves.");
        string name = reference.Groups["name"].Value;
        return _values.GetValueOrDefault(name)
            ?? throw new PipelineFormatException(_file, $"\"{place}\" names the variable \"{name}\", which neither \"paths\" nor \"variables\" has (above it). {Choices.Of(name, _values.Keys)}");
    }

    private JsonObject Section(JsonObject pipeline, string key) => pipeline[key] switch
    {
        null => [],
        JsonObject section => section,
        _ => throw new PipelineFormatException(_file, $"\"{key}\" must be an object of names and values."),
    };

    private void Add(string name, JsonNode value)
    {
        if (!_values.TryAdd(name, value))
            throw new PipelineFormatException(_file, $"\"{name}\" stands in \"paths\" and in \"variables\"; give one of them another name.");
    }

    private string Text(JsonNode? node, string place) => node is JsonValue value && value.TryGetValue(out string? text) && text.Length > 0
        ? text
        : throw new PipelineFormatException(_file, $"\"{place}\" must be a path.");

    private static JsonNode Given(string name, string text, JsonNode declared)
    {
        JsonValueKind kind = declared.GetValueKind();
        if (kind == JsonValueKind.String)
            return JsonValue.Create(text);
        JsonNode? parsed = null;
        try
        {
            parsed = JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            // Told below, with the kind that is wanted.
        }

        bool number = kind == JsonValueKind.Number;
        return parsed is not null && (number ? parsed.GetValueKind() == JsonValueKind.Number : parsed.GetValueKind() is JsonValueKind.True or JsonValueKind.False)
            ? parsed
            : throw new UsageException($"--set {name} must be {(number ? "a number" : "true or false")}, as in the file, not \"{text}\".");
    }

    private static string TextOf(JsonNode node) => node.GetValueKind() == JsonValueKind.String ? node.GetValue<string>() : node.ToJsonString();

    [GeneratedRegex(@"\$\$\{|\$\{(?<name>[^{}]*)\}|\$\{", RegexOptions.CultureInvariant)]
    private static partial Regex Reference();
}
