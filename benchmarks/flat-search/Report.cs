using System.Globalization;
using System.Text;
using System.Text.Json;

namespace MedEmbed.Benchmarks.FlatSearch;

/// <summary>results.json for machines, results.md for people.</summary>
internal static class Report
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public static string Write(BenchmarkOptions options, VectorSet vectors, string peer, IReadOnlyList<Measurement> measurements)
    {
        string machine = $"{Processor()}, {Environment.ProcessorCount} logical processors, .NET {Environment.Version}, {peer}";
        string data = string.Create(
            CultureInfo.InvariantCulture,
            $"{vectors.Rows.Rows:N0} × {vectors.Rows.Dimensions} ({vectors.Description}), top {options.Top}, medians of {options.Rounds} alternating rounds");
        StringBuilder table = new();
        table.AppendLine(CultureInfo.InvariantCulture, $"{machine}; {data}.").AppendLine();
        table.AppendLine("| vectors | threads | queries a call | ours ms/query | usearch ms/query | ours is faster by | recall@10 |");
        table.AppendLine("|---|---:|---:|---:|---:|---:|---:|");
        foreach (Measurement measured in measurements)
        {
            string peerTime = measured.PeerMilliseconds is { } milliseconds ? milliseconds.ToString("F3", CultureInfo.InvariantCulture) : "–";
            string ratio = measured.Ratio is { } times ? times.ToString("F2", CultureInfo.InvariantCulture) + " ×" : "–";
            table.AppendLine(
                CultureInfo.InvariantCulture,
                $"| {measured.Vectors} | {measured.Scenario.Threads} | {measured.Scenario.Batch} | {measured.OursMilliseconds:F3} | {peerTime} | {ratio} | {measured.Recall:F4} |");
        }

        Directory.CreateDirectory(options.Output);
        File.WriteAllText(Path.Combine(options.Output, "results.json"), JsonSerializer.Serialize(new { machine, data, measurements }, Indented) + "\n");
        File.WriteAllText(Path.Combine(options.Output, "results.md"), table.ToString());
        return table.ToString();
    }

    private static string Processor()
    {
        const string Information = "/proc/cpuinfo";
        string? line = File.Exists(Information) ? File.ReadLines(Information).FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal)) : null;
        return line?[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim() ?? System.Runtime.InteropServices.RuntimeInformation.ProcessArchitecture.ToString();
    }
}
