using System.Globalization;
using System.Text.Json;
using MedEmbed.Evaluation.Charts;

namespace MedEmbed.Benchmarks.Training;

/// <summary>All parts, kept in <c>results.json</c>; a part that is measured again replaces its last figures.</summary>
internal sealed record Report(Machine Machine, string Model, int Threads, SpeedMeasurement? Speed, MemoryMeasurement? Memory, CachedMeasurement? Cached)
{
    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    private static string JsonPath => Path.Combine(Folder.Own, "results.json");

    public static Report Start(BenchmarkOptions options)
    {
        Report? last = File.Exists(JsonPath) ? JsonSerializer.Deserialize<Report>(File.ReadAllText(JsonPath), Json) : null;
        return new Report(Machine.Describe(), Path.GetFileName(options.Model), options.Threads, last?.Speed, last?.Memory, last?.Cached);
    }

    public void Write()
    {
        File.WriteAllText(JsonPath, JsonSerializer.Serialize(this, Json) + "\n");
        File.WriteAllText(Path.Combine(Folder.Own, "results.md"), ToMarkdown());
        if (Memory is { } memory)
            CurveChart.Write(Folder.Own, "memory", "Resident memory over 500 steps", "MB", [.. memory.Steps.Zip(memory.ResidentMegabytes)]);
    }

    private string ToMarkdown() => string.Create(CultureInfo.InvariantCulture, $"""
        # Training
        {Model}, {Threads} threads. {Machine.Cpu}; {Machine.System}; {Machine.Runtime}. Again: `benchmarks/training/run.sh`.

        {SpeedText()}
        {MemoryText()}
        {CachedText()}
        """) + "\n";

    private string SpeedText()
    {
        if (Speed is not { } speed)
            return "";
        double f32 = speed.Tokens / Median(speed.F32Seconds), bf16 = speed.Tokens / Median(speed.BF16Seconds);
        string peer = "PyTorch was not there.\n";
        if (speed.PeerVersion is { } version)
        {
            double peer32 = speed.PeerTokens / Median(speed.PeerF32Seconds), peer16 = speed.PeerTokens / Median(speed.PeerBF16Seconds);
            peer = string.Create(CultureInfo.InvariantCulture, $"""
                | PyTorch {version}, f32 | {peer32:F0} | {peer32 / f32:F2} |
                | PyTorch {version}, bf16 | {peer16:F0} | {peer16 / f32:F2} |

                Ours against PyTorch: {f32 / peer32:F2} in f32, {bf16 / peer16:F2} in bf16. PyTorch is Debian's, with libopenblas; its steps are of a quarter of the queries.

                """);
        }

        return string.Create(CultureInfo.InvariantCulture, $"""
            ## Speed of a step
            32 queries of 32 tokens, a positive and a negative of 128 each ({speed.Tokens:N0} tokens): forward, InfoNCE, backward, clipping, AdamW. Alternating rounds, medians of {speed.F32Seconds.Length}.

            | | tokens/s | ratio to ours in f32 |
            |---|---:|---:|
            | ours, f32 | {f32:F0} | 1 |
            | ours, bf16 with f32 parameters | {bf16:F0} | {bf16 / f32:F2} |
            {peer}
            """);
    }

    private string MemoryText() => Memory is not { } memory ? "" : string.Create(CultureInfo.InvariantCulture, $"""
        ## Memory over 500 steps
        Batches of 4 queries and 4 passages of 32 tokens, bf16: {memory.ResidentMegabytes[0]:F0} MB resident after step {memory.Steps[0]}, {memory.ResidentMegabytes[memory.Steps.Length / 2]:F0} MB after step {memory.Steps[memory.Steps.Length / 2]}, {memory.ResidentMegabytes[^1]:F0} MB after step {memory.Steps[^1]}.

        ![resident memory](memory.svg)

        """);

    private string CachedText() => Cached is not { } cached ? "" : string.Create(CultureInfo.InvariantCulture, $"""
        ## A large batch
        256 queries with 32 negatives each, 64-token passages ({cached.Tokens:N0} tokens), {(cached.Cached ? "passes computed twice (GradCache)" : "passes computed once")}: {cached.PeakMegabytes / 1000:F1} GB at the highest, {cached.Seconds:F0} s.
        """);

    private static double Median(double[] values) => values.Order().ElementAt(values.Length / 2);
}
