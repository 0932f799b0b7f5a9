using MedEmbed.Benchmarks.Tokenization;

// bench [FOLDER [CORPUS]] | compare [COUNT [SEED [FOLDER…]]]; the shared folder is MEDEMBED_SHARED, by default ../shared from the repository.
string here = args[0];
string shared = Environment.GetEnvironmentVariable("MEDEMBED_SHARED") is { Length: > 0 } set
    ? set
    : Path.GetFullPath(Path.Combine(here, "..", "..", "..", "shared"));
string mode = args.ElementAtOrDefault(1) ?? "bench";
switch (mode)
{
    case "bench":
        string folder = args.ElementAtOrDefault(2) ?? Path.Combine(here, "..", "..", "models", "bge-small-en-v1.5");
        string corpus = args.ElementAtOrDefault(3) ?? Path.Combine(shared, "data", "benchmarks", "nfcorpus", "corpus.jsonl");
        return await SpeedComparison.RunAsync(here, Path.GetFullPath(folder), corpus);
    case "compare":
        int count = int.Parse(args.ElementAtOrDefault(2) ?? "10000", System.Globalization.CultureInfo.InvariantCulture);
        int seed = int.Parse(args.ElementAtOrDefault(3) ?? "1", System.Globalization.CultureInfo.InvariantCulture);
        string[] folders = args.Length > 4
            ? args[4..]
            : [.. Directory.GetDirectories(Path.Combine(shared, "golden", "tokenizers")), Path.Combine(here, "..", "..", "models", "bge-small-en-v1.5")];
        string texts = Path.Combine(shared, "data", "benchmarks", "nfcorpus", "corpus.jsonl");
        return await DifferenceSearch.RunAsync(here, folders, texts, count, seed);
    default:
        Console.Error.WriteLine($"\"{mode}\" is no mode: bench [FOLDER [CORPUS]] or compare [COUNT [SEED [FOLDER…]]].");
        return 2;
}
