using System.Text.Json;
using MedEmbed.EmbeddingGenerators;
using MedEmbed.Encoding;
using Microsoft.Extensions.AI;

namespace MedEmbed.Tests.EmbeddingGenerators;

public sealed class PromptOptionsTests
{
    public static TheoryData<string, string, string?, PromptKind> Properties() => new()
    {
        { "role", "query", "query", PromptKind.Role },
        { "role", "document", "document", PromptKind.Role },
        { "role", "none", null, PromptKind.None },
        { "prompt", "query", "query", PromptKind.Named },
        { "prompt", "s2p", "s2p", PromptKind.Named },
    };

    [Theory, MemberData(nameof(Properties))]
    public async Task PropertyDecidesThePromptAlsoWhenItComesOutOfJson(string key, string value, string? name, PromptKind kind)
    {
        foreach (object property in new object[] { value, JsonSerializer.SerializeToElement(value) })
        {
            EncodeOptions call = await CallAsync(new EmbeddingGenerationOptions { AdditionalProperties = new() { [key] = property } });
            Assert.Equal((kind, name), (call.Prompt.Kind, call.Prompt.Name));
        }
    }

    [Fact]
    public async Task CallWithoutAPromptTakesTheGeneratorsDefault()
    {
        Assert.Equal(Prompt.Document, (await CallAsync(null)).Prompt);
        Assert.Equal(Prompt.Query, (await CallAsync(new EmbeddingGenerationOptions { AdditionalProperties = new() { ["user"] = 7 } }, Prompt.Query)).Prompt);
    }

    [Theory]
    [InlineData("role", "queries", "query, document or none, not \"queries\"")]
    [InlineData("role", "", "must be a string with at least one character")]
    [InlineData("prompt", 3, "must be a string with at least one character")]
    public async Task WrongPropertyIsAnErrorThatNamesIt(string key, object value, string expected)
    {
        var error = await Assert.ThrowsAsync<ArgumentException>(() => CallAsync(new EmbeddingGenerationOptions { AdditionalProperties = new() { [key] = value } }));
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.Contains(key, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RoleAndPromptTogetherAreAnError()
    {
        var error = await Assert.ThrowsAsync<ArgumentException>(() =>
            CallAsync(new EmbeddingGenerationOptions { AdditionalProperties = new() { ["role"] = "query", ["prompt"] = "s2p" } }));
        Assert.Contains("leave one out", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void WrittenPromptsReadBackAsThemselvesAndReplaceEarlierOnes()
    {
        EmbeddingGenerationOptions? options = null;
        foreach (Prompt prompt in (Prompt[])[Prompt.Query, Prompt.Document, Prompt.None, Prompt.Named("query"), Prompt.Named("none"), Prompt.Query])
        {
            EmbeddingGenerationOptions written = options.WithPrompt(prompt);
            Assert.Equal(prompt, written.RequestedPrompt());
            Assert.NotSame(options, written);
            options = written;
        }
    }

    private static async Task<EncodeOptions> CallAsync(EmbeddingGenerationOptions? options, Prompt? fallback = null)
    {
        using var encoder = new RecordedEncoder();
        using var generator = new TextEncoderEmbeddingGenerator(encoder, new() { ModelId = "acme", DefaultPrompt = fallback ?? Prompt.Document });
        await generator.GenerateAsync(["fever"], options, TestContext.Current.CancellationToken);
        return Assert.Single(encoder.Calls);
    }
}
