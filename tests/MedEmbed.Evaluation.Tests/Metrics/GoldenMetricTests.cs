using System.Globalization;
using System.Text.Json;
using MedEmbed.Data.Judgments;
using MedEmbed.Evaluation.Metrics;

namespace MedEmbed.Evaluation.Tests.Metrics;

[Trait("Category", "Golden")]
public class GoldenMetricTests
{
    private const string Folder = "golden/metrics";

    /// <summary>Half a unit in the fifth decimal: rounded means must be the same number, also where they lie exactly between two.</summary>
    private const double FiveDecimals = 5e-6;

    public static TheoryData<string> Cases() =>
        SharedFiles.Has(Folder)
            ? [.. Directory.EnumerateDirectories(Path.Combine(SharedFiles.Root, Folder)).Select(Path.GetFileName).OfType<string>().Order(StringComparer.Ordinal)]
            : ["(no golden values)"];

    [Theory, MemberData(nameof(Cases))]
    public async Task MeansAndNaucsEqualMteb(string name)
    {
        string folder = SharedFiles.Require(Path.Combine(Folder, name));
        using JsonDocument expected = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(folder, "expected.json"), TestContext.Current.CancellationToken));
        IReadOnlyList<KeyValuePair<string, double>> actual = (await ScoreAsync(folder)).ToMteb();

        JsonProperty[] scores = [.. expected.RootElement.GetProperty("scores").EnumerateObject()];
        Assert.Equal(scores.Select(static score => score.Name), actual.Select(static score => score.Key));
        AssertClose([.. scores.Select(static score => (score.Name, Number(score.Value)))], [.. actual.Select(static score => score.Value)]);
    }

    [Theory, MemberData(nameof(Cases))]
    public async Task EveryQueryEqualsTrecEval(string name)
    {
        string folder = SharedFiles.Require(Path.Combine(Folder, name));
        using JsonDocument expected = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(folder, "per_query.json"), TestContext.Current.CancellationToken));
        RetrievalScores actual = await ScoreAsync(folder);

        JsonProperty[] queries = [.. expected.RootElement.EnumerateObject()];
        Assert.Equal(queries.Select(static query => query.Name).Order(StringComparer.Ordinal), actual.Queries.Order(StringComparer.Ordinal));
        foreach (JsonProperty query in queries)
        {
            int row = actual.Queries.Index().First(indexed => indexed.Item == query.Name).Index;
            JsonProperty[] metrics = [.. query.Value.EnumerateObject()];
            AssertClose(
                [.. metrics.Select(metric => ($"{query.Name} {metric.Name}", Number(metric.Value)))],
                [.. metrics.Select(metric => actual.PerQuery(MtebKey(metric.Name))[row])]);
        }
    }

    [Theory, MemberData(nameof(Cases))]
    public async Task TheNumberOfEvaluatedQueriesIsThatOfTrecEval(string name)
    {
        string folder = SharedFiles.Require(Path.Combine(Folder, name));
        using JsonDocument expected = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(folder, "expected.json"), TestContext.Current.CancellationToken));

        Assert.Equal(expected.RootElement.GetProperty("judged_queries_in_run").GetInt32(), (await ScoreAsync(folder)).Counts.Evaluated);
    }

    [Fact]
    public void NaucEqualsMteb()
    {
        int line = 0;
        foreach (string json in File.ReadLines(SharedFiles.Require(Path.Combine(Folder, "nauc.jsonl"))))
        {
            line++;
            using JsonDocument golden = JsonDocument.Parse(json);
            double expected = Number(golden.RootElement.GetProperty("nauc"));
            double actual = NormalizedAuc.Of(Numbers(golden, "confidence"), Numbers(golden, "metric"));
            AssertClose([($"line {line}", expected)], [actual]);
        }
    }

    private static async Task<RetrievalScores> ScoreAsync(string folder)
    {
        Qrels qrels = await QrelsFile.ReadAsync(Path.Combine(folder, "qrels.txt"), cancellationToken: TestContext.Current.CancellationToken);
        RetrievalRun run = await TrecRunFile.ReadAsync(Path.Combine(folder, "run.txt"), cancellationToken: TestContext.Current.CancellationToken);
        return RetrievalEvaluator.Evaluate(qrels, run);
    }

    private static void AssertClose((string Name, double Value)[] expected, double[] actual)
    {
        string[] wrong = [.. expected.Zip(actual)
            .Where(static pair => !(Math.Abs(pair.First.Value - pair.Second) < FiveDecimals || (double.IsNaN(pair.First.Value) && double.IsNaN(pair.Second))))
            .Select(static pair => string.Create(CultureInfo.InvariantCulture, $"{pair.First.Name}: expected {pair.First.Value:R}, got {pair.Second:R}"))];
        Assert.True(wrong.Length == 0, string.Join(Environment.NewLine, wrong));
    }

    private static string MtebKey(string trecEvalName)
    {
        int underscore = trecEvalName.LastIndexOf('_');
        string family = trecEvalName[..underscore] switch
        {
            "P" => "precision",
            "ndcg_cut" => "ndcg",
            "map_cut" => "map",
            "success" => "hit_rate",
            string same => same,
        };
        return $"{family}_at_{trecEvalName[(underscore + 1)..]}";
    }

    private static double[] Numbers(JsonDocument document, string field) =>
        [.. document.RootElement.GetProperty(field).EnumerateArray().Select(static value => value.GetDouble())];

    private static double Number(JsonElement value) => value.ValueKind == JsonValueKind.Null ? double.NaN : value.GetDouble();
}
