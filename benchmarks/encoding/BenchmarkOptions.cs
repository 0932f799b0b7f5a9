using System.Globalization;

namespace MedEmbed.Benchmarks.Encoding;

/// <summary>What is measured.</summary>
internal sealed record BenchmarkOptions(string Folder, string Repository, string Corpus, int? Documents, int Parts, int Threads)
{
    public static BenchmarkOptions Parse(string[] arguments)
    {
        string folder = arguments[0];
        string repository = Path.GetFullPath(Path.Combine(folder, "..", ".."));
        string shared = Environment.GetEnvironmentVariable("MEDEMBED_SHARED") ?? Path.Combine(repository, "..", "shared");
        var options = new BenchmarkOptions(folder, repository, Path.Combine(shared, "data", "benchmarks", "nfcorpus", "corpus.jsonl"), null, 6, Environment.ProcessorCount);
        for (int i = 1; i + 1 < arguments.Length; i += 2)
        {
            options = arguments[i] switch
            {
                "--corpus" => options with { Corpus = arguments[i + 1] },
                "--documents" => options with { Documents = Number(arguments[i + 1]) },
                "--parts" => options with { Parts = Number(arguments[i + 1]) },
                "--threads" => options with { Threads = Number(arguments[i + 1]) },
                _ => throw new ArgumentException($"{arguments[i]} is not known; --corpus, --documents, --parts and --threads are."),
            };
        }

        return options;
    }

    private static int Number(string text) => int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);
}
