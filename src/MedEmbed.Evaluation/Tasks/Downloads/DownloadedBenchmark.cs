namespace MedEmbed.Evaluation.Tasks.Downloads;

/// <summary>A benchmark's data as it came from the hub.</summary>
/// <param name="Benchmark">The benchmark.</param>
/// <param name="Folder">Where the data lies, in BEIR's layout.</param>
/// <param name="Commit">The data set's commit, 40 hexadecimal digits.</param>
/// <param name="Bytes">Bytes of the hub's files.</param>
/// <param name="Agreement">What the data's content was found to be.</param>
public sealed record DownloadedBenchmark(Benchmark Benchmark, string Folder, string Commit, long Bytes, DataAgreement Agreement);
