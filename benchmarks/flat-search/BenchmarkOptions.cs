using System.Globalization;

namespace MedEmbed.Benchmarks.FlatSearch;

/// <summary>What to measure.</summary>
internal sealed record BenchmarkOptions
{
    /// <summary>A .npy file of f32 rows, whose last rows are the queries; null: seeded vectors in clusters.</summary>
    public string? Vectors { get; init; }

    public int Rows { get; init; } = 100_000;

    public int Dimensions { get; init; } = 384;

    public int Queries { get; init; } = 256;

    public int Rounds { get; init; } = 7;

    public int Top { get; init; } = 10;

    public string Output { get; init; } = ".";

    public static BenchmarkOptions Parse(string[] args)
    {
        BenchmarkOptions options = new();
        for (int i = 0; i < args.Length; i += 2)
        {
            string value = i + 1 < args.Length ? args[i + 1] : throw new FormatException($"{args[i]} needs a value.");
            options = args[i] switch
            {
                "--vectors" => options with { Vectors = value },
                "--rows" => options with { Rows = Number(value) },
                "--dimensions" => options with { Dimensions = Number(value) },
                "--queries" => options with { Queries = Number(value) },
                "--rounds" => options with { Rounds = Number(value) },
                "--output" => options with { Output = value },
                _ => throw new FormatException($"{args[i]} is no option; see run.sh."),
            };
        }

        return options;
    }

    private static int Number(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number > 0 ? number : throw new FormatException($"{text} is no whole number above 0.");
}
