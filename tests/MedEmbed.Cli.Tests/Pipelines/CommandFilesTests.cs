using System.Text.RegularExpressions;
using MedEmbed.Cli.CommandLine;
using MedEmbed.Cli.Options;
using MedEmbed.Cli.Pipelines;
using MedEmbed.Training.Recipes;

namespace MedEmbed.Cli.Tests.Pipelines;

/// <summary>What pipelines know of the commands' files is what the commands say of them.</summary>
public sealed partial class CommandFilesTests
{
    /// <summary>Options whose descriptions speak of files that other options name.</summary>
    private static readonly string[] NoPaths = ["pooling", "no-normalize", "exported-graph", "overwrite", "split", "log-every", "metrics"];

    private static readonly MedEmbedCommandLine CommandLine = new(CommandEnvironment.OfProcess());

    public static TheoryData<string> Commands() => [.. CommandFiles.Commands];

    [Theory, MemberData(nameof(Commands))]
    public void EveryOptionThatNamesAFileIsAnOptionOfTheCommand(string command)
    {
        CommandFiles files = CommandFiles.Of(command)!;
        string[] options = [.. CommandLine.OptionsOf(command).Select(option => option.Name)];
        Assert.All(new[] { files.Read, files.Write, files.Keep, files.Model, files.Task }.SelectMany(names => names), name => Assert.Contains("--" + name, options));
    }

    [Theory, MemberData(nameof(Commands))]
    public void NoOptionThatSpeaksOfAFileIsForgotten(string command)
    {
        CommandFiles files = CommandFiles.Of(command)!;
        string[] forgotten = [.. CommandLine.OptionsOf(command).Where(option => SpeaksOfAFile().IsMatch(option.Description!)).Select(option => option.Name.TrimStart('-'))
            .Where(name => files.KindOf(name) is null).Except(NoPaths)];
        Assert.Empty(forgotten);
    }

    [Fact]
    public void TheModelThatNobodyNamesIsTheCommandsOwn()
    {
        string[] commands = [.. CommandFiles.Commands.Where(command => CommandFiles.Of(command)!.Model.Contains("model"))];
        Assert.All(commands, command => Assert.Equal(command == "train" ? new TrainingRecipe().Model : ModelChoice.Default, CommandFiles.Of(command)!.DefaultModel));
    }

    [GeneratedRegex(@"\b(files?|folders?|JSONL|\.\w+l)\b")]
    private static partial Regex SpeaksOfAFile();
}
