using MedEmbed.Cli.Options;
using MedEmbed.Synthesis.Mining;
using MedEmbed.Training.Recipes;

namespace MedEmbed.Cli.Pipelines;

/// <summary>Which options of a command name files and folders, and what it does with them. A command without is no step: what it did could not be told from what it read.</summary>
internal sealed record CommandFiles
{
    private static readonly Dictionary<string, CommandFiles> ByCommand = new(StringComparer.Ordinal)
    {
        ["embed"] = new() { Arguments = PathKind.Read, Model = ["model"], Write = ["output"] },
        ["tokenize"] = new() { Arguments = PathKind.Read, Model = ["model"], Write = ["output"] },
        ["index build"] = new() { Read = ["corpus"], Model = ["model"], Write = ["output"] },
        ["search"] = new() { Read = ["index", "queries"], Model = ["model"], Write = ["run"] },
        ["export"] = new() { Model = ["model"], Write = ["output"] },
        ["generate"] = new() { Read = ["notes", "read-batch", "prompts", "lexical"], Write = ["output", "write-batch", "export-prompts"], Keep = ["completions"] },
        ["mine"] = new()
        {
            Read = ["pairs", "corpus", "benchmarks"],
            Model = ["model", "teacher", "false-negative-model"],
            Write = ["output"],
            Keep = ["work-folder"],
            Beside = BesideTriplets,
        },
        ["train"] = new() { Read = ["config", "data", "development", "benchmarks"], Model = ["model", "teachers", "guide"], DefaultModel = TrainingRecipe.DefaultModel, Write = ["output"] },
        ["merge"] = new() { Arguments = PathKind.Model, Read = ["adapter", "data"], Model = ["base"], Task = ["search"], Write = ["output"] },
        ["evaluate"] = new() { Read = ["data", "run", "qrels"], Model = ["model"], Task = ["tasks"], Write = ["output"], Shared = true },
        ["compare"] = new() { Arguments = PathKind.Read, Read = ["published"], Write = ["output"] },
    };

    /// <summary>Commands that can be steps.</summary>
    public static IReadOnlyCollection<string> Commands => ByCommand.Keys;

    /// <summary>What the command's arguments are; null where it takes none in a pipeline.</summary>
    public PathKind? Arguments { get; init; }

    /// <summary>Options whose file or folder is read.</summary>
    public IReadOnlyList<string> Read { get; init; } = [];

    /// <summary>Options that name models.</summary>
    public IReadOnlyList<string> Model { get; init; } = [];

    /// <summary>The model that is read where a command that takes one is given none.</summary>
    public string DefaultModel { get; init; } = ModelChoice.Default;

    /// <summary>Options that name tasks.</summary>
    public IReadOnlyList<string> Task { get; init; } = [];

    /// <summary>Options whose file or folder is written.</summary>
    public IReadOnlyList<string> Write { get; init; } = [];

    /// <summary>Options whose file or folder is for the command's own use.</summary>
    public IReadOnlyList<string> Keep { get; init; } = [];

    /// <summary>Whether several steps may write to one folder, in which the command finds what it need not do again.</summary>
    public bool Shared { get; init; }

    /// <summary>Files that may be written beside an output.</summary>
    public Func<string, IEnumerable<string>> Beside { get; init; } = static _ => [];

    /// <summary>The files of <paramref name="command"/>; null where it cannot be a step.</summary>
    public static CommandFiles? Of(string command) => ByCommand.GetValueOrDefault(command);

    /// <summary>What <paramref name="option"/> (without dashes) names; null where that is no path.</summary>
    public PathKind? KindOf(string option) =>
        Read.Contains(option) ? PathKind.Read
        : Write.Contains(option) ? PathKind.Write
        : Keep.Contains(option) ? PathKind.Keep
        : Model.Contains(option) ? PathKind.Model
        : Task.Contains(option) ? PathKind.Task
        : null;

    private static string[] BesideTriplets(string output)
    {
        MiningPaths paths = MiningPaths.Of(output, new MiningOptions { DevShare = 0.5, Benchmarks = "any" });
        return [paths.Dev!, paths.Report!, paths.Contamination!];
    }
}
