using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;

namespace MedEmbed.Data.Tests.Outputs;

public sealed class KillTests
{
    private const int Rows = 12_000;
    private const int Size = 48;
    private const int Kills = 12;

    [Theory, Trait("Category", "Slow")]
    [InlineData("vectors.jsonl")]
    [InlineData("vectors.npy")]
    [InlineData("vectors.parquet")]
    [InlineData("pairs.jsonl")]
    [InlineData("pairs.parquet")]
    public async Task AFileWrittenThroughKillsEqualsOneWrittenAtOnce(string name)
    {
        using TemporaryFolder folder = new();
        string whole = folder.File("whole-" + name);
        string broken = folder.File("broken-" + name);
        await RunAsync(whole, saveEveryMilliseconds: 5_000);

        Random random = new(20);
        int kills = 0;
        for (int attempt = 0; attempt < 3 * Kills && kills < Kills; attempt++)
        {
            // Every third falls into the start or the first save, the others somewhere among the saves after it.
            if (await KillAsync(broken, afterFirstSave: attempt % 3 != 0, TimeSpan.FromMilliseconds(random.Next(0, 100))))
                kills++;
            Assert.False(File.Exists(broken), $"the output took its name after {kills} kills; the test needs more rows");
        }

        Assert.Equal(Kills, kills);
        string said = await RunAsync(broken, saveEveryMilliseconds: 5_000);
        Assert.StartsWith("Continued at ", said, StringComparison.Ordinal);
        Assert.Equal(await HashAsync(whole), await HashAsync(broken));
        Assert.Equal(2, Directory.GetFiles(folder.Path).Length);
    }

    private static async Task<string> RunAsync(string output, int saveEveryMilliseconds)
    {
        using Process writer = Start(output, saveEveryMilliseconds);
        string said = await writer.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await writer.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(writer.ExitCode == 0, said);
        return said;
    }

    /// <summary>Starts the writer, lets it work for <paramref name="life"/> after its opening or first save, kills it (SIGKILL); false where it had ended by itself.</summary>
    private static async Task<bool> KillAsync(string output, bool afterFirstSave, TimeSpan life)
    {
        using Process writer = Start(output, saveEveryMilliseconds: 0);
        string? said = await writer.StandardError.ReadLineAsync(TestContext.Current.CancellationToken);
        if (afterFirstSave)
            said = await writer.StandardError.ReadLineAsync(TestContext.Current.CancellationToken);
        await Task.Delay(life, TestContext.Current.CancellationToken);
        bool alive = !writer.HasExited;
        writer.Kill();
        await writer.WaitForExitAsync(TestContext.Current.CancellationToken);
        return alive && said is not null;
    }

    private static Process Start(string output, int saveEveryMilliseconds)
    {
        ProcessStartInfo start = new(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet") { RedirectStandardError = true };
        string program = Path.Combine(AppContext.BaseDirectory, "MedEmbed.Data.InterruptedWriter.dll");
        foreach (string argument in (string[])["exec", program, output.Contains("pairs", StringComparison.Ordinal) ? "pairs" : "vectors", output, Text(Rows), Text(Size), Text(saveEveryMilliseconds)])
            start.ArgumentList.Add(argument);
        return Process.Start(start)!;
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static async Task<string> HashAsync(string path)
    {
        await using FileStream file = File.OpenRead(path);
        return Convert.ToHexString(await SHA256.HashDataAsync(file, TestContext.Current.CancellationToken));
    }
}
