using System.Globalization;
using System.Text.Json;
using MedEmbed.Data.Contamination;
using MedEmbed.Data.NearDuplicates;
using MedEmbed.Data.Triplets;

namespace MedEmbed.Data.Tests.Contamination;

public sealed class ContaminationCheckTests : IDisposable
{
    private const string LongText = "The virus spreads from person to person through droplets that an infected patient breathes out, and the risk grows with the time that is spent together in a closed room without fresh air. "
        + "Masks lower that risk, as do distance, short meetings and open windows, and people who feel ill should stay at home until a day after the fever has gone.";

    private readonly TemporaryFolder _folder = new();

    public ContaminationCheckTests()
    {
        _folder.Write("a/corpus.jsonl", $$"""
            {"_id":"d1","title":"Spread of the virus","text":"{{LongText}}"}
            {"_id":"d2","title":"","text":"Rest and fluids are enough."}
            {"_id":"d3","title":"?","text":"…"}
            """);
        _folder.Write("a/queries.jsonl", """
            {"_id":"q1","text":"How does the virus spread?"}
            {"_id":"q2","text":"obesity"}
            """);
        _folder.Write("deep/b/corpus.jsonl.gz", "{\"_id\":\"d1\",\"text\":\"Rest and fluids are enough.\"}\n");
        _folder.Write("deep/b/queries.jsonl", "{\"_id\":\"q1\",\"text\":\"Is rest enough to recover?\"}\n");
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("How does the virus spread?", "a Query Exact a/queries.jsonl:1")]
    [InlineData("  How does the virus spread?\n", "a Query Exact a/queries.jsonl:1")]
    [InlineData("how does THE virus spread", "a Query Normalized a/queries.jsonl:1")]
    [InlineData("obesity", "a Query Exact a/queries.jsonl:2 short")]
    [InlineData("Obesity!", "a Query Normalized a/queries.jsonl:2 short")]
    [InlineData("Spread of the virus", "a Document Exact a/corpus.jsonl:1")]
    [InlineData(LongText, "a Document Exact a/corpus.jsonl:1")]
    [InlineData("Spread of the virus " + LongText, "a Document Exact a/corpus.jsonl:1")]
    [InlineData("Spread of the virus:\n" + LongText, "a Document Normalized a/corpus.jsonl:1")]
    [InlineData("Rest and fluids are enough.", "a Document Exact a/corpus.jsonl:2|deep/b Document Exact deep/b/corpus.jsonl.gz:1")]
    [InlineData("What helps against obesity?", "")]
    [InlineData("…", "")]
    [InlineData("", "")]
    public async Task EqualTextsAreFoundWhereverTheyStand(string text, string expected)
    {
        BenchmarkTexts benchmarks = await ReadAsync();
        Assert.Equal(expected, string.Join('|', benchmarks.Find(text).Select(Told)));
        Assert.Equal(expected.Length > 0, benchmarks.Contains(text));
    }

    [Fact]
    public async Task APassageWithAFewWordsChangedIsANearDuplicateUnlessTheyAreLeftOut()
    {
        string changed = LongText.Replace("closed room", "shut room", StringComparison.Ordinal);
        BenchmarkOverlap overlap = Assert.Single((await ReadAsync()).Find(changed));
        Assert.Equal((BenchmarkTextKind.Document, OverlapKind.NearDuplicate), (overlap.Text, overlap.Kind));
        Assert.InRange(overlap.Similarity, 0.8, 0.99);
        Assert.Empty((await ReadAsync(new ContaminationOptions { NearDuplicates = null })).Find(changed));
        Assert.Empty((await ReadAsync(new ContaminationOptions { NearDuplicates = new NearDuplicateOptions { Threshold = 1 } })).Find(changed));
    }

    [Fact]
    public async Task ContaminatedTripletsGoAndContaminatedNegativesAreTakenOut()
    {
        ContaminationCheck check = new(await ReadAsync());
        Triplet clean = new("Why wash hands?", ["Soap removes germs."], ["Something else.", "obesity", "Another."]) { NegativeScores = [1, 2, 3], QueryId = "7" };
        Triplet kept = check.Examine(clean, "t.jsonl", 1)!;
        Assert.Equal((string[])["Something else.", "Another."], kept.Negatives);
        Assert.Equal((float[])[1, 3], kept.NegativeScores!);
        Assert.Equal(("7", "Why wash hands?"), (kept.QueryId, kept.Query));
        Assert.Null(check.Examine(clean with { Query = "Obesity" }, "t.jsonl", 2));
        Assert.Null(check.Examine(clean with { Positives = ["Fine.", LongText] }, "t.jsonl", 3));
        Triplet untouched = clean with { Negatives = [], NegativeScores = null };
        Assert.Same(untouched, check.Examine(untouched, "t.jsonl", 4));

        ContaminationReport report = check.Report();
        Assert.Equal((4L, 2L, 1L), (report.Triplets, report.ContaminatedTriplets, report.ContaminatedNegatives));
        // Each distinct text counts once in a role, however often it stands.
        Assert.Equal(
            [
                new OverlapCount("a", BenchmarkTextKind.Query, TrainingTextRole.Query, 0, 1, 0, 1),
                new OverlapCount("a", BenchmarkTextKind.Query, TrainingTextRole.Negative, 1, 0, 0, 1),
                new OverlapCount("a", BenchmarkTextKind.Document, TrainingTextRole.Positive, 1, 0, 0, 0),
            ],
            report.Overlaps);
        Assert.Equal([1L, 2L, 3L], report.Examples.Select(example => example.Line));
        Assert.Equal([TrainingTextRole.Negative, TrainingTextRole.Query, TrainingTextRole.Positive], report.Examples.Select(example => example.TrainingText));
    }

    [Fact]
    public async Task AQueryThatIsADocumentAndAPassageThatIsAQueryAreFound()
    {
        ContaminationCheck check = new(await ReadAsync());
        Assert.True(check.Examine("Rest and fluids are enough.", TrainingTextRole.Query, "t", 1));
        Assert.True(check.Examine("Is rest enough to recover?", TrainingTextRole.Positive, "t", 1));
        Assert.Equal(
            [("a", BenchmarkTextKind.Document, TrainingTextRole.Query), ("deep/b", BenchmarkTextKind.Query, TrainingTextRole.Positive), ("deep/b", BenchmarkTextKind.Document, TrainingTextRole.Query)],
            check.Report().Overlaps.Select(count => (count.Benchmark, count.BenchmarkText, count.TrainingText)));
    }

    [Fact]
    public async Task ExamplesAreLimitedAndCountsAreNot()
    {
        ContaminationCheck check = new(await ReadAsync(new ContaminationOptions { MaxExamples = 2 }));
        foreach (string text in (string[])["obesity.", "obesity!", "OBESITY", "Obesity"])
            check.Examine(text, TrainingTextRole.Query, "t", 1);
        Assert.Equal(4, Assert.Single(check.Report().Overlaps).Normalized);
        Assert.Equal(2, check.Report().Examples.Count);
    }

    [Fact]
    public async Task TheReportIsToldAsJsonInSnakeCaseInEveryCulture()
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo("tr-TR");
            ContaminationCheck check = new(await ReadAsync());
            check.Examine("obesity", TrainingTextRole.Query, "t.jsonl", 12);
            string json = JsonSerializer.Serialize(check.Report(), ContaminationJson.Default.ContaminationReport);
            Assert.Contains("\"benchmark_text\": \"query\"", json, StringComparison.Ordinal);
            Assert.DoesNotContain("obesity", json, StringComparison.Ordinal);
            ContaminationReport report = JsonSerializer.Deserialize(json, ContaminationJson.Default.ContaminationReport)!;
            Assert.Equal(check.Report().Overlaps, report.Overlaps);
            Assert.Equal(check.Report().Examples, report.Examples);
            Assert.Equal(check.Report().Benchmarks, report.Benchmarks);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public async Task AFolderWithoutBenchmarksIsRefused()
    {
        string empty = Directory.CreateDirectory(_folder.File("empty")).FullName;
        DataFormatException error = await Assert.ThrowsAsync<DataFormatException>(() => BenchmarkTexts.ReadAsync(empty, cancellationToken: TestContext.Current.CancellationToken));
        Assert.StartsWith($"{empty}: holds no benchmark: ", error.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<DataFormatException>(() => BenchmarkTexts.ReadAsync(_folder.File("none"), cancellationToken: TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task ABenchmarksOwnFolderIsNamedAsItIs()
    {
        BenchmarkTexts benchmarks = await BenchmarkTexts.ReadAsync(_folder.File("a"), cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal([new Benchmark("a", _folder.File("a"), 2, 3)], benchmarks.Benchmarks);
    }

    private Task<BenchmarkTexts> ReadAsync(ContaminationOptions? options = null) =>
        BenchmarkTexts.ReadAsync(_folder.Path, options, cancellationToken: TestContext.Current.CancellationToken);

    private string Told(BenchmarkOverlap overlap) =>
        $"{overlap.Benchmark} {overlap.Text} {overlap.Kind} {Path.GetRelativePath(_folder.Path, overlap.File).Replace('\\', '/')}:{overlap.Line}{(overlap.IsShort ? " short" : "")}";
}
