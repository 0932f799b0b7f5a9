using System.Text.Json;
using MedEmbed.Cli.Tests.Running;

namespace MedEmbed.Cli.Tests.Models;

public sealed class DoctorTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task AWholeMachineIsFoundWhole()
    {
        CommandResult result = (await new Medembed(_folder.File("cache")).RunAsync("doctor", "--json")).Expect(0);
        JsonElement[] findings = [.. result.Json.GetProperty("findings").EnumerateArray()];
        Assert.DoesNotContain(findings, finding => finding.GetProperty("status").GetString() == "missing");
        foreach (string model in (string[])["bge-small-en-v1.5", "medembed-small-v1"])
            Assert.Contains(findings, finding => finding.GetProperty("name").GetString() == "model" && finding.GetProperty("text").GetString()!.Contains($"{model} runs", StringComparison.Ordinal));
        Assert.Contains(findings, finding => finding.GetProperty("text").GetString()!.Contains(_folder.File("cache"), StringComparison.Ordinal));
    }

    [Fact]
    public async Task LibtorchThatIsMissingIsANoteWithItsRemedyAndNoFault()
    {
        CommandResult result = (await new Medembed(_folder.File("cache")).With("MEDEMBED_LIBTORCH", _folder.File("nowhere")).RunAsync("doctor", "--json")).Expect(0);
        JsonElement finding = result.Json.GetProperty("findings").EnumerateArray().Single(finding => finding.GetProperty("name").GetString() == "libtorch");
        Assert.Equal("note", finding.GetProperty("status").GetString());
        Assert.Contains("MEDEMBED_LIBTORCH", finding.GetProperty("text").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ACacheThatCannotBeWrittenIsToldWithItsRemedy()
    {
        File.WriteAllText(_folder.File("file"), "no folder");
        CommandResult result = (await new Medembed(_folder.File("file/cache")).RunAsync("doctor")).Expect(1);
        Assert.Contains("MISSING cache", result.Output, StringComparison.Ordinal);
        Assert.Contains("MEDEMBED_CACHE", result.Output, StringComparison.Ordinal);
    }
}
