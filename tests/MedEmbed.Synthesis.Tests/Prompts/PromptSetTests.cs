using MedEmbed.Synthesis.Prompts;

namespace MedEmbed.Synthesis.Tests.Prompts;

public sealed class PromptSetTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void ExportedPromptsAreTheSamePrompts()
    {
        PromptSet.Default.Export(_folder.File("p"));
        Assert.Equal(PromptSet.Default.Version, PromptSet.Load(_folder.File("p")).Version);
    }

    [Fact]
    public void AnEditedPromptIsAnotherVersion()
    {
        PromptSet.Default.Export(_folder.File("p"));
        File.AppendAllText(Path.Combine(_folder.File("p"), "queries", "lay.md"), " and kindly");
        Assert.NotEqual(PromptSet.Default.Version, PromptSet.Load(_folder.File("p")).Version);
        Assert.StartsWith("1+", PromptSet.Default.Version, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("note.md", "no placeholders", "lacks the placeholder {{note}}")]
    [InlineData("note.md", "{{note}} {{queries}} {{nope}}", "unknown placeholder {{nope}}")]
    [InlineData("system.md", "{{note}}", "unknown placeholder {{note}}")]
    [InlineData("repair.md", "", "is empty")]
    [InlineData("queries/topic.md", null, "is missing")]
    public void AFaultyPromptIsNamed(string file, string? text, string problem)
    {
        PromptSet.Default.Export(_folder.File("p"));
        string path = Path.Combine(_folder.File("p"), file);
        File.Delete(path);
        if (text is not null)
            File.WriteAllText(path, text);
        SynthesisFormatException error = Assert.Throws<SynthesisFormatException>(() => PromptSet.Load(_folder.File("p")));
        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
        Assert.Contains(file, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void WhatIsFilledInIsNoPlaceholder() =>
        Assert.Contains("about {{queries}} here", PromptSet.Default.Fill("note.md", ("note", "about {{queries}} here"), ("queries", "Q"), ("types", "T")), StringComparison.Ordinal);

    [Theory]
    [InlineData("keyword=2,lay=1", "keyword=2,lay=1")]
    [InlineData(" Natural Language=3 , topic=0", "natural_language=3")]
    public void AMixIsRead(string text, string expected) => Assert.Equal(expected, QueryMix.Parse(text).ToString());

    [Theory, InlineData(""), InlineData("essay=1"), InlineData("lay"), InlineData("lay=x"), InlineData("lay=-1"), InlineData("lay=1,lay=2"), InlineData("lay=0"), InlineData("lay=51")]
    public void AMixThatCannotBeIsRefused(string text) => Assert.Throws<FormatException>(() => QueryMix.Parse(text));
}
