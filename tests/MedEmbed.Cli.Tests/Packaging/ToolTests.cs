using System.Text.Json;

namespace MedEmbed.Cli.Tests.Packaging;

[Collection<PackedCollection>, Trait("Category", "Slow")]
public sealed class ToolTests(PackedProjects packed) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task InstalledToolTellsItsVersionAndRunsItsBundledModel()
    {
        string tools = _folder.File("tools");
        await ChildProcess.RunAsync(
            "dotnet", ["tool", "install", "MedEmbed.Cli", "--tool-path", tools, "--version", packed.Version, "--source", packed.Feed], _folder.Path);
        string medembed = Path.Combine(tools, OperatingSystem.IsWindows() ? "medembed.exe" : "medembed");

        Assert.StartsWith(PackedProjects.ProjectVersion, await RunAsync(medembed, "--version"), StringComparison.Ordinal);
        using var doctor = JsonDocument.Parse(await RunAsync(medembed, "doctor", "--json"));
        JsonElement[] findings = [.. doctor.RootElement.GetProperty("findings").EnumerateArray()];
        Assert.DoesNotContain(findings, finding => finding.GetProperty("status").GetString() == "missing");
        Assert.Contains(findings, finding => finding.GetProperty("text").GetString()!.StartsWith("medembed-small-v1 runs", StringComparison.Ordinal));
    }

    private Task<string> RunAsync(string medembed, params string[] arguments) =>
        ChildProcess.RunAsync(medembed, arguments, _folder.Path, (CacheFolder.Variable, _folder.File("cache")), ("MEDEMBED_MODELS", ""), ("MEDEMBED_OFFLINE", "1"));
}
