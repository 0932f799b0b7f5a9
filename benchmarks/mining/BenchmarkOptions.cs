using System.Globalization;

namespace MedEmbed.Benchmarks.Mining;

/// <summary>What is measured.</summary>
/// <param name="Parts"><c>run</c> (time and memory), <c>false-negatives</c>, or both.</param>
/// <param name="Data">BEIR folders with qrels of the split <c>train</c>.</param>
/// <param name="Model">Folder of the model.</param>
/// <param name="Queries">Pairs at most.</param>
internal sealed record BenchmarkOptions(IReadOnlyList<string> Parts, IReadOnlyList<string> Data, string Model, int Queries)
{
    private static readonly string[] AllParts = ["run", "false-negatives"];

    public static BenchmarkOptions Parse(string[] arguments)
    {
        string root = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "../../../../.."));
        string shared = Environment.GetEnvironmentVariable("MEDEMBED_SHARED") ?? Path.Combine(root, "../shared");
        var options = new BenchmarkOptions(AllParts, [Path.Combine(shared, "data/train/bioasq"), Path.Combine(shared, "data/train/pubmedqa")], Path.Combine(root, "models/bge-small-en-v1.5"), 20_000);
        for (int i = 0; i < arguments.Length; i++)
        {
            options = arguments[i] switch
            {
                "run" or "false-negatives" => options with { Parts = [arguments[i]] },
                "--data" => options with { Data = arguments[++i].Split(',') },
                "--model" => options with { Model = arguments[++i] },
                "--queries" => options with { Queries = int.Parse(arguments[++i], CultureInfo.InvariantCulture) },
                _ => throw new ArgumentException($"{arguments[i]} is none of run, false-negatives, --data, --model and --queries."),
            };
        }

        return options;
    }
}
