using System.Globalization;
using System.Text.Json;

namespace MedEmbed.Benchmarks.Mining;

/// <summary>Both parts, kept in <c>results.json</c>; a part that is measured again replaces its last figures.</summary>
internal sealed record Report(string Model, RunMeasurement? Run, IReadOnlyList<FalseNegatives>? FalseNegatives)
{
    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    private static string Folder => Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "../../.."));

    private static string JsonPath => Path.Combine(Folder, "results.json");

    public static Report Start(string model)
    {
        Report? last = File.Exists(JsonPath) ? JsonSerializer.Deserialize<Report>(File.ReadAllText(JsonPath), Json) : null;
        return new Report(model, last?.Run, last?.FalseNegatives);
    }

    public void Write()
    {
        File.WriteAllText(JsonPath, JsonSerializer.Serialize(this, Json) + "\n");
        File.WriteAllText(Path.Combine(Folder, "results.md"), ToMarkdown());
    }

    public string ToMarkdown() => string.Create(CultureInfo.InvariantCulture, $"""
        # Mining over judged questions
        {Model}. Again: `benchmarks/mining/run.sh`.

        {RunText()}
        {FalseNegativesText()}
        """).TrimEnd() + "\n";

    private string RunText() => Run is not { } run ? "" : string.Create(CultureInfo.InvariantCulture, $"""
        ## Time and memory
        {run.System}; threads: {run.Threads}. {run.Pairs:N0} pairs of {run.Questions:N0} questions against {run.Passages:N0} passages; BM25 and dense candidates to rank {run.Depth}, {run.Negatives} negatives.

        | stage | seconds |
        |---|---:|
        {string.Join('\n', run.StageSeconds.Select(stage => string.Create(CultureInfo.InvariantCulture, $"| {stage.Key} | {stage.Value:F1} |")))}

        Peak resident memory {run.PeakMegabytes:N0} MB (limit 2,048 beside the model), of which {run.ModelMegabytes:N0} were in use when the model was loaded.

        """);

    private string FalseNegativesText() => FalseNegatives is not { } rows ? "" : string.Create(CultureInfo.InvariantCulture, $"""
        ## False negatives
        The miner is told the first judged positive of each question alone; the others of the same question lie in the corpus. A mined negative that is one of them is false.
        Passages that nobody judged may answer too, so these are lower bounds.

        | candidates | relative margin | negatives | false | share |
        |---|---|---:|---:|---:|
        {string.Join('\n', rows.Select(RowText))}
        """);

    private static string RowText(FalseNegatives row) =>
        string.Create(CultureInfo.InvariantCulture, $"| {row.Candidates} | {row.RelativeMargin?.ToString(CultureInfo.InvariantCulture) ?? "off"} | {row.Negatives:N0} | {row.Wrong:N0} | {100.0 * row.Wrong / Math.Max(row.Negatives, 1):F1} % |");
}
