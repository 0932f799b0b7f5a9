using System.Text.Json;

namespace MedEmbed.Cli.Tests.Running;

/// <summary>What a run of the command left behind.</summary>
public sealed record CommandResult(int ExitCode, byte[] OutputBytes, string Error)
{
    public string Output => System.Text.Encoding.UTF8.GetString(OutputBytes);

    public string[] Lines => Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>The output, which must be one JSON object and nothing else.</summary>
    public JsonElement Json
    {
        get
        {
            using var document = JsonDocument.Parse(OutputBytes);
            Assert.Equal(JsonValueKind.Object, document.RootElement.ValueKind);
            return document.RootElement.Clone();
        }
    }

    /// <summary>Each line of the output as JSON.</summary>
    public JsonElement[] JsonLines => [.. Lines.Select(line => JsonSerializer.Deserialize<JsonElement>(line))];

    public CommandResult Expect(int exitCode)
    {
        Assert.True(exitCode == ExitCode, $"exit code {ExitCode} where {exitCode} was expected; standard error:\n{Error}\nstandard output:\n{Output}");
        Assert.DoesNotContain("   at MedEmbed", Error, StringComparison.Ordinal);
        return this;
    }

    /// <summary>The error of wrong usage or input, which leaves standard output empty.</summary>
    public string ExpectUsageError()
    {
        Expect(2);
        Assert.Empty(Output);
        Assert.StartsWith("error: ", Error[Math.Max(0, Error.IndexOf("error: ", StringComparison.Ordinal))..], StringComparison.Ordinal);
        return Error;
    }
}
