using MedEmbed.Cli.Tests.Running;

namespace MedEmbed.Cli.Tests.CommandLine;

public sealed class HelpTests(TinyModelFixture tiny) : IClassFixture<TinyModelFixture>
{
    public static TheoryData<string> Commands() =>
    [
        "embed", "tokenize", "search", "export", "evaluate", "generate", "mine", "train", "merge", "pipeline", "doctor",
        "index build", "index add", "index remove", "index info", "model list", "model pull", "model info",
    ];

    [Theory, MemberData(nameof(Commands))]
    public async Task EveryCommandHasADescriptionAndExamplesOfItself(string command)
    {
        CommandResult help = (await tiny.Medembed.RunAsync([.. command.Split(' '), "--help"])).Expect(0);
        Assert.Empty(help.Error);
        string[] lines = [.. help.Lines.Select(line => line.TrimEnd())];
        Assert.True(lines[Array.IndexOf(lines, "Description:") + 1].Trim().Length > 20);
        int examples = Array.IndexOf(lines, "Examples:");
        Assert.True(examples > 0);
        Assert.Contains(lines[(examples + 1)..], line => line.Contains($"medembed {command}", StringComparison.Ordinal));
    }

    [Fact]
    public async Task TheHelpOfTheWholeNamesEveryCommand()
    {
        CommandResult help = (await tiny.Medembed.RunAsync("--help")).Expect(0);
        foreach (string name in Commands().Select(row => row.Data.Split(' ')[0]).Distinct())
            Assert.Contains($"  {name} ", help.Output, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Commands))]
    public async Task EveryOptionIsDescribed(string command)
    {
        CommandResult help = (await tiny.Medembed.RunAsync([.. command.Split(' '), "--help"])).Expect(0);
        foreach (string line in help.Lines.Where(line => line.StartsWith("  --", StringComparison.Ordinal)))
            Assert.Matches(@"^  --\S+.*\s{2,}\S+", line);
    }
}
