using System.Globalization;

namespace MedEmbed.Benchmarks.Training;

/// <summary>What is measured: <c>speed</c>, <c>memory</c>, <c>cached</c>, or all; with how many threads and rounds, on which model.</summary>
internal sealed record BenchmarkOptions(IReadOnlyList<string> Parts, string Model, int Threads, int Rounds, string? Python)
{
    private static readonly string[] AllParts = ["speed", "memory", "cached"];

    public static BenchmarkOptions Parse(string[] arguments, string repository)
    {
        var options = new BenchmarkOptions(AllParts, Path.Combine(repository, "models", "bge-small-en-v1.5"), Environment.ProcessorCount, 5, FindPython());
        List<string> parts = [];
        for (int i = 0; i < arguments.Length; i++)
        {
            options = arguments[i] switch
            {
                "--model" => options with { Model = arguments[++i] },
                "--threads" => options with { Threads = int.Parse(arguments[++i], CultureInfo.InvariantCulture) },
                "--rounds" => options with { Rounds = int.Parse(arguments[++i], CultureInfo.InvariantCulture) },
                "--without-peer" => options with { Python = null },
                _ when AllParts.Contains(arguments[i]) => options,
                _ => throw new ArgumentException($"\"{arguments[i]}\" is unknown; speed, memory, cached, --model, --threads, --rounds and --without-peer are."),
            };
            if (AllParts.Contains(arguments[i]))
                parts.Add(arguments[i]);
        }

        return parts.Count == 0 ? options : options with { Parts = parts };
    }

    /// <summary>Debian's own, for which Debian has PyTorch; another Python first on the path has none.</summary>
    private static string? FindPython() => File.Exists("/usr/bin/python3") && Directory.Exists("/usr/lib/python3/dist-packages/torch") ? "/usr/bin/python3" : null;
}
