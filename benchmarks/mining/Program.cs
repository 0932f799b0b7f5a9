using System.Globalization;
using MedEmbed.Benchmarks.Mining;
using MedEmbed.Encoding;
using MedEmbed.Retrieval;
using MedEmbed.Synthesis.Mining;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
BenchmarkOptions options = BenchmarkOptions.Parse(args);
DirectoryInfo folder = Directory.CreateTempSubdirectory("medembed-mining-");
try
{
    JudgedPairs judged = await JudgedPairs.ReadAsync(options.Data, options.Queries);
    using TextEncoder encoder = TextEncoder.Open(options.Model);
    MiningModel model = new(encoder, new IndexModel { Name = Path.GetFileName(options.Model), Hash = encoder.Model.ContentHash, Dimensions = encoder.Dimensions, Similarity = encoder.Model.Similarity });
    Report report = Report.Start(Path.GetFileName(options.Model));
    foreach (string part in options.Parts)
    {
        string own = folder.CreateSubdirectory(part).FullName;
        report = part == "run"
            ? report with { Run = await RunMeasurement.TakeAsync(judged, model, own) }
            : report with { FalseNegatives = await FalseNegatives.CountAsync(judged, model, own) };
        report.Write();
    }

    Console.WriteLine(report.ToMarkdown());
}
finally
{
    folder.Delete(recursive: true);
}
