using System.Globalization;
using MedEmbed.Evaluation.Metrics;

namespace MedEmbed.Evaluation.Tests.Metrics;

/// <summary>A golden case's run and judgments, read as plainly as can be and scored.</summary>
internal static class GoldenRankings
{
    public static RetrievalScores Score(string folder)
    {
        var grades = new Dictionary<string, Dictionary<string, int>>(StringComparer.Ordinal);
        foreach (string[] fields in Rows(Path.Combine(folder, "qrels.txt")))
            Of(grades, fields[0]).Add(fields[2], int.Parse(fields[3], CultureInfo.InvariantCulture));

        var run = new Dictionary<string, Dictionary<string, double>>(StringComparer.Ordinal);
        foreach (string[] fields in Rows(Path.Combine(folder, "run.txt")))
            Of(run, fields[0]).Add(fields[2], double.Parse(fields[4], CultureInfo.InvariantCulture));

        var evaluation = new RetrievalEvaluation(EvaluationOptions.Default);
        foreach ((string query, Dictionary<string, double> hits) in run)
        {
            if (grades.TryGetValue(query, out Dictionary<string, int>? judged))
                evaluation.Add(query, [.. hits.Keys], [.. hits.Values], judged);
        }

        return evaluation.Complete([.. grades.Keys.Except(run.Keys)], [.. run.Keys.Except(grades.Keys)]);
    }

    private static IEnumerable<string[]> Rows(string path) =>
        File.ReadLines(path).Where(static line => line.Length > 0).Select(static line => line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static Dictionary<string, T> Of<T>(Dictionary<string, Dictionary<string, T>> queries, string query)
    {
        if (!queries.TryGetValue(query, out Dictionary<string, T>? documents))
            queries.Add(query, documents = new Dictionary<string, T>(StringComparer.Ordinal));
        return documents;
    }
}
