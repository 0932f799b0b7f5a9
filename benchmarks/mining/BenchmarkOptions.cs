using System.Globalization;

namespace MedEmbed.Benchmarks.Mining;

/// <summary>What is measured.</summary>
/// <param name="Data">BEIR folders with qrels of the split <c>train</c>.</param>
/// <param name="Model">Folder of the model.</param>
/// <param name="Queries">Pairs at most.</param>
internal sealed record BenchmarkOptions(IReadOnlyList<string> Data, string Model, int Queries)
{
    public static BenchmarkOptions Parse(string[] arguments)
    {
        string root = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "../../../../.."));
        string shared = Environment.GetEnvironmentVariable("MEDEMBED_SHARED") ?? Path.Combine(root, "../shared");
        var options = new BenchmarkOptions([Path.Combine(shared, "data/train/bioasq"), Path.Combine(shared, "data/train/pubmedqa")], Path.Combine(root, "models/bge-small-en-v1.5"), 20_000);
        for (int i = 0; i + 1 < arguments.Length; i += 2)
        {
            options = arguments[i] switch
            {
                "--data" => options with { Data = arguments[i + 1].Split(',') },
                "--model" => options with { Model = arguments[i + 1] },
                "--queries" => options with { Queries = int.Parse(arguments[i + 1], CultureInfo.InvariantCulture) },
                _ => throw new ArgumentException($"{arguments[i]} is none of --data, --model and --queries."),
            };
        }

        return options;
    }
}
