using System.Globalization;
using System.Text.Json;

namespace MedEmbed.Benchmarks.Encoding;

/// <summary>Writes the comparison: a table on standard output, <c>results.md</c> and <c>results.json</c>.</summary>
internal sealed class Report(BenchmarkOptions options, IReadOnlyList<Contender> contenders, int documents, long tokens)
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public void Write()
    {
        string table = string.Join('\n', Lines()) + "\n";
        Console.Write(table);
        File.WriteAllText(Path.Combine(options.Folder, "results.md"), table);
        File.WriteAllText(Path.Combine(options.Folder, "results.json"), JsonSerializer.Serialize(
            new
            {
                Processor = ProcessorName(),
                options.Threads,
                Documents = documents,
                Tokens = tokens,
                options.Parts,
                Contenders = contenders.Select(contender => new
                {
                    contender.Name,
                    contender.Seconds,
                    DocumentsPerSecond = documents / contender.Total,
                    TokensPerSecond = tokens / contender.Total,
                    OursIsFasterBy = contender.Total / contenders[0].Total,
                    MedianOfParts = Median(contender),
                }),
            },
            Indented) + "\n");
    }

    private IEnumerable<string> Lines()
    {
        yield return string.Create(CultureInfo.InvariantCulture, $"{documents:N0} documents, {tokens:N0} tokens, bge-small-en-v1.5, f32, {options.Threads} threads, {ProcessorName()}; {options.Parts} parts in turn.");
        yield return "";
        yield return "| encoder | documents/s | tokens/s | MedEmbed is faster by | median over parts |";
        yield return "|---|--:|--:|--:|--:|";
        foreach (Contender contender in contenders)
        {
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"| {contender.Name} | {documents / contender.Total:F1} | {tokens / contender.Total:N0} | {contender.Total / contenders[0].Total:F2} | {Median(contender):F2} |");
        }
    }

    private double Median(Contender contender)
    {
        double[] ratios = [.. contender.Seconds.Zip(contenders[0].Seconds, (peer, ours) => peer / ours).Order()];
        return (ratios[ratios.Length / 2] + ratios[(ratios.Length - 1) / 2]) / 2;
    }

    private static string ProcessorName()
    {
        const string Field = "model name";
        string? line = File.Exists("/proc/cpuinfo") ? File.ReadLines("/proc/cpuinfo").FirstOrDefault(text => text.StartsWith(Field, StringComparison.Ordinal)) : null;
        return line is null ? "unknown processor" : line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim();
    }
}
