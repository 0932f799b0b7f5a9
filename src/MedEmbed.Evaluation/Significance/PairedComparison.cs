using System.Globalization;

namespace MedEmbed.Evaluation.Significance;

/// <summary>Two systems compared by one metric over the queries that both answered.</summary>
public sealed record PairedComparison
{
    /// <summary>Queries that both systems have; all else is about these.</summary>
    public required int Queries { get; init; }

    /// <summary>Queries that only the first system has.</summary>
    public required int OnlyFirst { get; init; }

    /// <summary>Queries that only the second system has.</summary>
    public required int OnlySecond { get; init; }

    /// <summary>The first system's mean less the second's.</summary>
    public required double MeanDifference { get; init; }

    /// <summary>Whether chance alone would explain <see cref="MeanDifference"/>; not corrected for many comparisons.</summary>
    public required RandomizationResult Randomization { get; init; }

    /// <summary>The bootstrap interval of <see cref="MeanDifference"/>.</summary>
    public required ConfidenceInterval Interval { get; init; }

    /// <summary>On how many queries the first system is better, equal and worse.</summary>
    public required HeadToHead PerQuery { get; init; }

    /// <summary>Compares two systems.</summary>
    /// <param name="first">The metric of each of the first system's queries, by query id.</param>
    /// <param name="second">The same of the second system.</param>
    /// <param name="options">Null for the default.</param>
    /// <exception cref="EvaluationException">The systems have no query in common.</exception>
    public static PairedComparison Of(IReadOnlyDictionary<string, double> first, IReadOnlyDictionary<string, double> second, SignificanceOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        options ??= SignificanceOptions.Default;

        // Random draws go by position, so the order must not be that of a dictionary.
        string[] common = [.. first.Keys.Where(second.ContainsKey).Order(StringComparer.Ordinal)];
        if (common.Length == 0)
        {
            throw new EvaluationException(string.Create(
                CultureInfo.InvariantCulture,
                $"the two systems have no query in common ({first.Count} and {second.Count} queries). Compare results of the same task and split."));
        }

        double[] ours = [.. common.Select(query => first[query])], theirs = [.. common.Select(query => second[query])];
        double[] differences = [.. ours.Zip(theirs, static (one, other) => one - other)];
        return new PairedComparison
        {
            Queries = common.Length,
            OnlyFirst = first.Count - common.Length,
            OnlySecond = second.Count - common.Length,
            MeanDifference = differences.Average(),
            Randomization = RandomizationTest.Run(differences, options),
            Interval = PairedBootstrap.Interval(differences, options),
            PerQuery = HeadToHead.Of(ours, theirs),
        };
    }
}
