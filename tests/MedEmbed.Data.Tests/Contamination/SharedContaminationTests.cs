using System.Diagnostics;
using MedEmbed.Data.Contamination;
using MedEmbed.Data.Judgments;
using MedEmbed.Data.Texts;
using MedEmbed.Data.Triplets;

namespace MedEmbed.Data.Tests.Contamination;

/// <summary>The real training data against the real benchmarks; what is equal is counted a second time, plainly.</summary>
public sealed class SharedContaminationTests(ITestOutputHelper output)
{
    [Fact, Trait("Category", "Slow")]
    public async Task EqualTextsOfRealDataAreAllFound()
    {
        CancellationToken cancellationToken = TestContext.Current.CancellationToken;
        string benchmarksFolder = SharedFiles.Require("data/benchmarks");
        string[] training = [SharedFiles.Require("data/train/bioasq"), SharedFiles.Require("data/train/judged"), .. Directory.EnumerateFiles(SharedFiles.Require("data/synthetic"), "*.pairs.jsonl")];
        long start = Stopwatch.GetTimestamp();
        BenchmarkTexts benchmarks = await BenchmarkTexts.ReadAsync(benchmarksFolder, cancellationToken: cancellationToken);
        output.WriteLine($"read in {Stopwatch.GetElapsedTime(start)}, {GC.GetTotalMemory(forceFullCollection: true) >> 20} MB");
        HashSet<string> held = await NormalizedTextsAsync(benchmarksFolder);
        ContaminationCheck check = new(benchmarks);
        HashSet<(TrainingTextRole, string)> equal = [];
        start = Stopwatch.GetTimestamp();
        foreach (string path in training)
        {
            TripletSource source = await TripletSource.OpenAsync(path, cancellationToken: cancellationToken);
            await foreach (Triplet triplet in source.ReadAsync(cancellationToken))
            {
                Triplet? kept = check.Examine(triplet, source.File, source.Line);
                foreach ((TrainingTextRole role, string text) in TextsOf(triplet))
                {
                    if (!held.Contains(NormalizedText.Of(text)))
                        continue;
                    equal.Add((role, text));
                    Assert.True(benchmarks.Contains(text));
                    Assert.True(role == TrainingTextRole.Negative ? kept is null || !kept.Negatives.Contains(text) : kept is null);
                }
            }
        }

        ContaminationReport report = check.Report();
        output.WriteLine($"examined {report.DistinctTexts} texts of {report.Triplets} triplets in {Stopwatch.GetElapsedTime(start)}; {report.ContaminatedTriplets} triplets contaminated, {report.ContaminatedNegatives} negatives");
        foreach (OverlapCount count in report.Overlaps)
            output.WriteLine(count.ToString());
        // A text may be in several benchmarks, so counts are at least as many.
        foreach (TrainingTextRole role in Enum.GetValues<TrainingTextRole>())
            Assert.InRange(report.Overlaps.Where(count => count.TrainingText == role).Sum(count => count.Exact + count.Normalized), equal.Count(text => text.Item1 == role), long.MaxValue);
    }

    private static IEnumerable<(TrainingTextRole Role, string Text)> TextsOf(Triplet triplet) =>
        [(TrainingTextRole.Query, triplet.Query), .. triplet.Positives.Select(text => (TrainingTextRole.Positive, text)), .. triplet.Negatives.Select(text => (TrainingTextRole.Negative, text))];

    private static async Task<HashSet<string>> NormalizedTextsAsync(string folder)
    {
        HashSet<string> held = new(StringComparer.Ordinal);
        foreach (BeirFolder benchmark in Directory.EnumerateDirectories(folder).Select(BeirFolder.Open))
        {
            await foreach (Document query in benchmark.Queries().ReadAsync())
                held.Add(NormalizedText.Of(query.Text));
            await foreach (Document document in benchmark.Corpus().ReadAsync())
                held.UnionWith([NormalizedText.Of(document.Title ?? ""), NormalizedText.Of(document.Text), NormalizedText.Of(document.TitleAndText)]);
        }

        held.Remove("");
        return held;
    }
}
