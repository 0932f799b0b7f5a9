using System.Diagnostics;
using System.Globalization;
using MedEmbed.Benchmarks.Mining;
using MedEmbed.Data.Texts;
using MedEmbed.Data.Triplets;
using MedEmbed.Encoding;
using MedEmbed.Retrieval;
using MedEmbed.Synthesis.Mining;
using MedEmbed.Synthesis.Mining.Reporting;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
BenchmarkOptions options = BenchmarkOptions.Parse(args);
DirectoryInfo folder = Directory.CreateTempSubdirectory("medembed-mining-");
try
{
    JudgedPairs judged = await JudgedPairs.ReadAsync(options.Data, options.Queries);
    string pairs = Path.Combine(folder.FullName, "pairs.jsonl"), first = Path.Combine(folder.FullName, "first.jsonl"), corpus = Path.Combine(folder.FullName, "corpus.jsonl");
    await judged.WriteAsync(pairs, firstOfEachQuery: false);
    await judged.WriteAsync(first, firstOfEachQuery: true);
    judged.WriteCorpus(corpus);
    using TextEncoder encoder = TextEncoder.Open(options.Model);
    await encoder.EncodeAsync(["warm"], EncodeOptions.Query);
    long before = Peak();
    MiningModel model = new(encoder, new IndexModel { Name = Path.GetFileName(options.Model), Hash = encoder.Model.ContentHash, Dimensions = encoder.Dimensions, Similarity = encoder.Model.Similarity });
    var mining = new MiningOptions { Model = model };
    var stages = new StageTimes();
    MiningReport report = await new NegativeMiner(mining).RunAsync(new MiningInput(pairs, corpus), Path.Combine(folder.FullName, "t.jsonl"), stages);
    stages.End();
    string text = $"""
        # Mining over judged questions
        {report.Pairs:N0} pairs of {judged.Positives.Count:N0} questions against {report.Passages:N0} passages, {encoder.Model.Name}, BM25 and dense candidates to rank {mining.Depth}, {mining.Negatives} negatives.

        | stage | seconds |
        |---|---:|
        {string.Join('\n', stages.Seconds.Select(stage => $"| {stage.Key.ToString().ToLowerInvariant()} | {stage.Value:F1} |"))}

        Peak resident memory {Peak() >> 20:N0} MB (limit 2,048 beside the model), of which {before >> 20:N0} were in use when the model was loaded.

        ## False negatives
        The miner is told the first judged positive of each question alone; the others of the same question lie in the corpus. A mined negative that is one of them is false.
        Passages that nobody judged may answer too, so these are lower bounds.

        | candidates | relative margin | negatives | false | share |
        |---|---|---:|---:|---:|

        """;
    foreach ((string name, MiningOptions setting) in Settings(mining with { WorkFolder = Path.Combine(folder.FullName, "work"), Overwrite = true }))
    {
        (int negatives, int wrong) = await FalseNegativesAsync(setting, judged, new MiningInput(first, corpus), Path.Combine(folder.FullName, "f.jsonl"));
        text += $"| {name} | {setting.RelativeMargin?.ToString(CultureInfo.InvariantCulture) ?? "off"} | {negatives:N0} | {wrong:N0} | {(double)wrong / Math.Max(negatives, 1):P1} |\n";
    }

    text += $"\n{Environment.ProcessorCount} processors, {System.Runtime.InteropServices.RuntimeInformation.OSDescription}. Again: `benchmarks/mining/run.sh --queries {options.Queries}`.\n";
    File.WriteAllText(Path.Combine(AppContext.BaseDirectory, "../../../results.md"), text);
    Console.WriteLine(text);
}
finally
{
    folder.Delete(recursive: true);
}

static IEnumerable<(string Name, MiningOptions Options)> Settings(MiningOptions options)
{
    foreach (double? margin in (double?[])[null, 0.95, 0.9])
    {
        yield return ("bm25, dense", options with { RelativeMargin = margin });
        yield return ("bm25, dense from rank 20, sampled", options with { RelativeMargin = margin, SkipRanks = 20, Selection = NegativeSelection.Sample });
    }

    yield return ("random", options with { RelativeMargin = null, Sources = [new(CandidateKind.Random)] });
}

static async Task<(int Negatives, int Wrong)> FalseNegativesAsync(MiningOptions options, JudgedPairs judged, MiningInput input, string output)
{
    await new NegativeMiner(options).RunAsync(input, output);
    int negatives = 0, wrong = 0;
    await foreach (Triplet triplet in TripletFile.Read(output).ReadAsync())
    {
        negatives += triplet.Negatives.Count;
        wrong += triplet.Negatives.Count(negative => judged.Positives[triplet.QueryId!].Contains(NormalizedText.HashOf(negative)));
    }

    return (negatives, wrong);
}

static long Peak()
{
    using var process = Process.GetCurrentProcess();
    return process.PeakWorkingSet64;
}
