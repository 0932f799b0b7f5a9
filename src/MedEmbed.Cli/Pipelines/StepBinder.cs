using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace MedEmbed.Cli.Pipelines;

/// <summary>Makes command lines of a pipeline's steps, and finds what is wrong with any of them before the first runs.</summary>
/// <param name="pipeline">Its definition.</param>
/// <param name="commandLine">The commands.</param>
/// <param name="findModel">The folder of a model by its name; null where the name leads to none here.</param>
internal sealed class StepBinder(PipelineDefinition pipeline, MedEmbedCommandLine commandLine, Func<string, string?> findModel)
{
    private const string Config = "config";

    /// <summary>Options that are the pipeline's to give.</summary>
    private static readonly string[] Reserved = ["overwrite", "resume"];

    /// <summary>All steps.</summary>
    /// <exception cref="PipelineFormatException">A step cannot run as it stands; the message names it, the option and the remedy.</exception>
    public IReadOnlyList<PipelineStep> BindAll()
    {
        PipelineStep[] steps = [.. pipeline.Steps.Select(Bind)];
        for (int i = 0; i < steps.Length; i++)
        {
            foreach (PipelineStep earlier in steps.Take(i).Where(earlier => !(earlier.Files.Shared && steps[i].Files.Shared)))
            {
                if (steps[i].Outputs.FirstOrDefault(output => earlier.Outputs.Contains(output)) is { } output)
                    throw Fault(steps[i].Name, $"writes {output}, as \"{earlier.Name}\" does; name another output.");
            }
        }

        return steps;
    }

    private PipelineStep Bind(StepDefinition step)
    {
        CommandFiles files = FilesOf(step);
        var values = new StepValues(pipeline.Folder, findModel);
        var options = new List<string>();
        var given = new Dictionary<string, JsonNode?>(StringComparer.Ordinal);
        foreach ((string key, JsonNode? value) in step.Options)
        {
            Option option = OptionOf(step, key);
            string name = option.Name.TrimStart('-');
            if (value is null || IsOff(value, option) || value is JsonArray { Count: 0 })
                continue;
            RequireFile(step, name, files.KindOf(name), value);
            if (given.ContainsKey(name))
                throw Fault(step.Name, $"has \"{name}\" twice, once as \"{key}\"; give it once.");
            JsonNode full = values.Add(name, files.KindOf(name), value);
            given[name] = full;
            options.AddRange(Tokens(option.Name, full));
        }

        if (!files.Write.Any(given.ContainsKey))
            throw Fault(step.Name, $"writes nothing; give {step.Command} its \"{string.Join("\" or \"", files.Write)}\".");
        string[] arguments = [.. step.Arguments.Select((argument, i) => Argument(step, files, values, argument, i))];
        if (arguments.Length == 0 && files.Arguments == PathKind.Read)
            throw Fault(step.Name, $"reads nothing; name the files for {step.Command} in \"arguments\".");
        var bound = new PipelineStep
        {
            Number = step.Number,
            Name = step.Name,
            Command = step.Command,
            Files = files,
            Options = options,
            Arguments = arguments,
            Settings = values.Settings,
            Inputs = [],
            Outputs = values.Outputs,
            Kept = values.Kept,
        };
        if (commandLine.Check(step.Command, bound.CommandLine()) is [var problem, ..])
            throw Fault(step.Name, problem);
        AddUnnamed(files, given, values);
        return bound with { Inputs = values.Inputs };
    }

    /// <summary>What is read although no option names it: the default model, and what a recipe's file names.</summary>
    private static void AddUnnamed(CommandFiles files, Dictionary<string, JsonNode?> given, StepValues values)
    {
        if (files.Read.Contains(Config) && given.Remove(Config, out JsonNode? config))
            RecipeInputs.Add(config!.GetValue<string>(), given.ToDictionary(option => option.Key.Replace('-', '_'), option => option.Value), values);
        else if (files.Model.Contains("model") && !given.ContainsKey("model"))
            values.AddInput("model", PathKind.Model, files.DefaultModel);
    }

    private CommandFiles FilesOf(StepDefinition step)
    {
        if (CommandFiles.Of(step.Command) is { } files)
            return files;
        throw Fault(step.Name, commandLine.CommandNames.Contains(step.Command)
            ? $"\"{step.Command}\" cannot be a step, since what it does is not told by files that it writes. Steps may be: {string.Join(", ", CommandFiles.Commands)}."
            : $"there is no command \"{step.Command}\". {Choices.Of(step.Command, CommandFiles.Commands)}");
    }

    private Option OptionOf(StepDefinition step, string key)
    {
        string name = key.Replace('_', '-');
        if (Reserved.Contains(name))
            throw Fault(step.Name, $"has \"{key}\", which the pipeline sees to: it goes on where a step was stopped, and replaces what has changed. Leave it out.");
        IReadOnlyList<Option> options = commandLine.OptionsOf(step.Command);
        return options.FirstOrDefault(option => option.Name == "--" + name)
            ?? throw Fault(step.Name, $"{step.Command} has no option \"{key}\". {Choices.Of(name, options.Select(option => option.Name.TrimStart('-')).Except(Reserved))}");
    }

    private string Argument(StepDefinition step, CommandFiles files, StepValues values, JsonNode argument, int index)
    {
        string label = FormattableString.Invariant($"arguments[{index}]");
        if (files.Arguments is null)
            throw Fault(step.Name, $"has \"arguments\", and {step.Command} takes none in a pipeline; name files by its options.");
        RequireFile(step, label, files.Arguments, argument);
        return StepValues.TextOf(values.Add(label, files.Arguments, argument));
    }

    /// <summary>A switch that is off is as good as not there; only a switch that takes a value, as a recipe's do, may have to say so.</summary>
    private static bool IsOff(JsonNode value, Option option) =>
        value.GetValueKind() == JsonValueKind.False && (option.ValueType == typeof(bool) || option.Arity.MinimumNumberOfValues > 0);

    private static IEnumerable<string> Tokens(string option, JsonNode value) => value switch
    {
        JsonArray items => items.Select(item => $"{option}={StepValues.TextOf(item!)}"),
        JsonValue flag when flag.GetValueKind() == JsonValueKind.True => [option],
        _ => [$"{option}={StepValues.TextOf(value)}"],
    };

    private void RequireFile(StepDefinition step, string label, PathKind? kind, JsonNode value)
    {
        IEnumerable<JsonNode?> texts = value is JsonArray items ? items : [value];
        foreach (JsonNode? item in texts)
        {
            if (item is null)
                throw Fault(step.Name, $"\"{label}\" has null in its list; leave it out.");
            bool single = item.GetValueKind() == JsonValueKind.String;
            if (kind is not null && single && item.GetValue<string>() is "" or "-")
                throw Fault(step.Name, $"\"{label}\" must be a file or folder: a step has no standard input or output.");
            if (kind is PathKind.Write && !single)
                throw Fault(step.Name, $"\"{label}\" must be a path.");
        }
    }

    private PipelineFormatException Fault(string step, string problem) => new(pipeline.File, $"step \"{step}\": {problem}");
}
