using System.Globalization;
using System.Text;
using System.Text.Json;

namespace MedEmbed.Benchmarks.Tokenization;

/// <summary>The table of a run, as Markdown and as JSON.</summary>
internal sealed class Report(IReadOnlyList<Contender> contenders, int documents, long tokens, int sameAsPeer, int sameAsMicrosoft)
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, NewLine = "\n" };

    public void Write(string folder)
    {
        File.WriteAllText(Path.Combine(folder, "results.md"), Markdown());
        object json = new
        {
            cpu = CpuName(),
            processors = Environment.ProcessorCount,
            dotnet = Environment.Version.ToString(),
            documents,
            tokens,
            rounds = contenders[0].Seconds.Count,
            documents_with_equal_ids = new Dictionary<string, int> { ["@anush008/tokenizers"] = sameAsPeer, ["Microsoft.ML.Tokenizers"] = sameAsMicrosoft },
            rows = contenders.Select(contender => new
            {
                name = contender.Name,
                threads = contender.Threads,
                seconds = contender.Seconds.Select(seconds => Math.Round(seconds, 6)),
                median_seconds = Math.Round(contender.Median, 6),
                tokens_per_second = Math.Round(tokens / contender.Median),
                medembed_is_faster_by = Math.Round(Ratio(contender), 2),
            }),
        };
        File.WriteAllText(Path.Combine(folder, "results.json"), JsonSerializer.Serialize(json, Indented) + "\n");
    }

    public string Markdown()
    {
        CultureInfo invariant = CultureInfo.InvariantCulture;
        StringBuilder text = new();
        text.Append(invariant, $"{CpuName()}, {Environment.ProcessorCount} logical processors; {documents:N0} documents, {tokens:N0} tokens with special tokens; ");
        text.Append(invariant, $"median of {contenders[0].Seconds.Count} alternating rounds. Documents with the same ids as MedEmbed: ");
        text.Append(invariant, $"{sameAsPeer:N0} (@anush008/tokenizers), {sameAsMicrosoft:N0} (Microsoft.ML.Tokenizers).\n\n");
        text.Append("| tokenizer | threads | seconds | tokens/s | MedEmbed is faster by |\n|---|--:|--:|--:|--:|\n");
        foreach (Contender contender in contenders)
        {
            text.Append(invariant, $"| {contender.Name} | {contender.Threads} | {contender.Median:F4} | {tokens / contender.Median:N0} | {Ratio(contender):F1} |\n");
        }

        return text.ToString();
    }

    private double Ratio(Contender contender) =>
        contender.Median / contenders.First(ours => ours.Name == contenders[0].Name && ours.Threads == contender.Threads).Median;

    private static string CpuName() =>
        File.Exists("/proc/cpuinfo") && File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal)) is { } line
            ? line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim()
            : System.Runtime.InteropServices.RuntimeInformation.ProcessArchitecture.ToString();
}
