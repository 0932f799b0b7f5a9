using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace MedEmbed.Benchmarks.Encoding;

/// <summary>transformers.js in a process of its own, loaded once.</summary>
internal sealed class PeerProcess : IDisposable
{
    private readonly Process _process;

    public PeerProcess(string folder, string modelFolder, int threads)
    {
        var start = new ProcessStartInfo("node") { RedirectStandardInput = true, RedirectStandardOutput = true, WorkingDirectory = folder };
        foreach (string argument in (ReadOnlySpan<string>)["peer.mjs", modelFolder, threads.ToString(CultureInfo.InvariantCulture)])
            start.ArgumentList.Add(argument);
        _process = Process.Start(start) ?? throw new InvalidOperationException("node does not start.");
        _process.StandardOutput.ReadLine();
    }

    public async Task<(double Seconds, float[][] First)> EncodeAsync(IReadOnlyList<string> texts, int batch)
    {
        await _process.StandardInput.WriteLineAsync(JsonSerializer.Serialize(new { texts, batch }));
        await _process.StandardInput.FlushAsync();
        string answer = await _process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The peer ended early.");
        using var json = JsonDocument.Parse(answer);
        float[][] first = [.. json.RootElement.GetProperty("vectors").EnumerateArray().Select(row => row.EnumerateArray().Select(value => value.GetSingle()).ToArray())];
        return (json.RootElement.GetProperty("seconds").GetDouble(), first);
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }
}
