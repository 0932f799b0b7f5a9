using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace MedEmbed.Benchmarks.FlatSearch;

/// <summary>usearch in a Node process that stays up between rounds.</summary>
internal sealed class Peer : IDisposable
{
    private readonly Process _process;

    public Peer(string rows, string queries, int dimensions)
    {
        _process = Process.Start(new ProcessStartInfo("node")
        {
            ArgumentList = { "peer.mjs", rows, queries, dimensions.ToString(CultureInfo.InvariantCulture) },
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        JsonElement hello = Read();
        Version = $"usearch {hello.GetProperty("version").GetString()}, Node {hello.GetProperty("node").GetString()}";
    }

    public string Version { get; }

    public double Seconds(Scenario scenario, int top) => Ask(scenario, top, hits: false).GetProperty("seconds").GetDouble();

    public long[] Hits(Scenario scenario, int top) => [.. Ask(scenario, top, hits: true).GetProperty("keys").EnumerateArray().Select(key => key.GetInt64())];

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }

    private JsonElement Ask(Scenario scenario, int top, bool hits)
    {
        _process.StandardInput.WriteLine(JsonSerializer.Serialize(new { count = scenario.Queries, batch = scenario.Batch, top, threads = scenario.Threads, hits }));
        _process.StandardInput.Flush();
        return Read();
    }

    private JsonElement Read() =>
        JsonElement.Parse(_process.StandardOutput.ReadLine() ?? throw new IOException("The peer ended; its message is above."));
}
