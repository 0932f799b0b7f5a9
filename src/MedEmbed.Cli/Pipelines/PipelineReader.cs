using System.Text.Json;
using System.Text.Json.Nodes;
using MedEmbed.Cli.CommandLine;

namespace MedEmbed.Cli.Pipelines;

/// <summary>Reads a pipeline's file: JSON with comments and trailing commas, <c>{"paths", "variables", "steps"}</c>.</summary>
internal sealed class PipelineReader
{
    private static readonly JsonDocumentOptions Lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true, MaxDepth = 16, AllowDuplicateProperties = false };
    private static readonly string[] PipelineKeys = ["description", "paths", "variables", "steps"];
    private static readonly string[] StepKeys = ["name", "command", "options", "arguments"];

    private readonly string _file;
    private readonly PipelineVariables _variables;

    private PipelineReader(string file, PipelineVariables variables) => (_file, _variables) = (file, variables);

    /// <summary>Reads the file at <paramref name="path"/>.</summary>
    /// <param name="path">The file.</param>
    /// <param name="given">Values of paths and variables that stand above the file's.</param>
    /// <exception cref="PipelineFormatException">The file is no JSON, has an unknown key or variable, or a value of the wrong kind.</exception>
    /// <exception cref="UsageException"><paramref name="given"/> does not fit the file.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static PipelineDefinition Read(string path, IReadOnlyDictionary<string, string> given)
    {
        JsonObject pipeline = ReadObject(path);
        string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        RequireKnown(path, pipeline, PipelineKeys, "");
        var variables = PipelineVariables.Read(path, folder, pipeline, given);
        string work = pipeline["paths"]?[PipelineVariables.Work] is null
            ? throw new PipelineFormatException(path, $"\"paths.{PipelineVariables.Work}\" is missing; it names the folder for the state of the steps, and usually for what they write.")
            : variables.PathOf(PipelineVariables.Work)!;
        if (pipeline["steps"] is not JsonArray { Count: > 0 } steps)
            throw new PipelineFormatException(path, "\"steps\" must be an array of at least one step, {\"command\": …, \"options\": {…}}.");
        var reader = new PipelineReader(path, variables);
        StepDefinition[] read = [.. steps.Select(reader.Step)];
        if (read.GroupBy(step => step.Name, StringComparer.Ordinal).FirstOrDefault(same => same.Count() > 1) is { } doubled)
            throw new PipelineFormatException(path, $"steps {string.Join(" and ", doubled.Select(step => step.Number))} are both called \"{doubled.Key}\"; give each a \"name\" of its own.");
        return new PipelineDefinition(path, folder, work, read);
    }

    private static JsonObject ReadObject(string path)
    {
        if (Directory.Exists(path))
            throw new UsageException($"{path}: is a folder; name the pipeline's file.");
        if (!File.Exists(path))
            throw new FileNotFoundException($"{path}: there is no such file.", path);
        try
        {
            return JsonNode.Parse(File.ReadAllText(path), documentOptions: Lenient) as JsonObject
                ?? throw new PipelineFormatException(path, "is no JSON object; a pipeline is {\"paths\": {…}, \"steps\": […]}.");
        }
        catch (JsonException error)
        {
            throw new PipelineFormatException($"{path}:{error.LineNumber + 1}", $"is not valid JSON ({error.Message.Split(" Path:")[0].Split(" LineNumber:")[0].TrimEnd('.')}).", error);
        }
    }

    private StepDefinition Step(JsonNode? node, int index)
    {
        string place = $"steps[{index}]";
        if (node is not JsonObject step)
            throw new PipelineFormatException(_file, $"\"{place}\" must be an object, {{\"command\": …, \"options\": {{…}}}}.");
        RequireKnown(_file, step, StepKeys, $"{place}.");
        string command = Text(step, "command", place) ?? throw new PipelineFormatException(_file, $"\"{place}.command\" is missing; name a command, such as \"mine\".");
        string name = Text(step, "name", place) ?? command;
        if (step["options"] is not (null or JsonObject))
            throw new PipelineFormatException(_file, $"step \"{name}\": \"options\" must be an object of option names and values.");
        IEnumerable<KeyValuePair<string, JsonNode?>> options = step["options"] as JsonObject ?? [];
        IEnumerable<JsonNode?> arguments = step["arguments"] switch
        {
            null => (IEnumerable<JsonNode?>)[],
            JsonArray several => several,
            JsonNode single => [single],
        };
        return new StepDefinition(
            index + 1,
            name,
            string.Join(' ', command.Split(' ', StringSplitOptions.RemoveEmptyEntries)),
            [.. options.Select(option => KeyValuePair.Create(option.Key, _variables.Expand(option.Value, $"{place}.options.{option.Key}")))],
            [.. arguments.Select((argument, i) => _variables.Expand(argument, $"{place}.arguments[{i}]") as JsonValue
                ?? throw new PipelineFormatException(_file, $"step \"{name}\": \"arguments[{i}]\" must be a text or a number."))]);
    }

    private string? Text(JsonObject step, string key, string place)
    {
        if (step[key] is not { } node)
            return null;
        return node is JsonValue value && value.TryGetValue(out string? text) && !string.IsNullOrWhiteSpace(text)
            ? text
            : throw new PipelineFormatException(_file, $"\"{place}.{key}\" must be a text that is not empty.");
    }

    private static void RequireKnown(string file, JsonObject owner, string[] keys, string place)
    {
        foreach ((string key, _) in owner)
        {
            if (!keys.Contains(key))
                throw new PipelineFormatException(file, $"there is no key \"{place}{key}\". {Choices.Of(key, keys)}");
        }
    }
}
