using MedEmbed.Data.Judgments;

namespace MedEmbed.Evaluation.Tests.Metrics;

/// <summary>The metrics as their definitions read: sort everything, walk down the list.</summary>
internal static class PlainMetrics
{
    public static double Of(string family, int cutoff, QueryHits hits, JudgedDocuments judged)
    {
        int[] grades = Ranked(hits, family == "mrr" ? static score => score : static score => (float)score)
            .Take(cutoff).Select(document => judged.TryGetGrade(document, out int grade) ? Math.Max(grade, 0) : 0).ToArray();
        int[] ideal = [.. judged.Grades.ToArray().Where(static grade => grade > 0).OrderDescending()];
        int found = grades.Count(static grade => grade > 0);
        return family switch
        {
            "ndcg" => ideal.Length == 0 ? 0 : Dcg(grades) / Dcg([.. ideal.Take(cutoff)]),
            "map" => ideal.Length == 0 ? 0 : Enumerable.Range(0, grades.Length).Where(i => grades[i] > 0).Sum(i => grades.Take(i + 1).Count(static grade => grade > 0) / (i + 1.0)) / ideal.Length,
            "recall" => ideal.Length == 0 ? 0 : found / (double)ideal.Length,
            "precision" => found / (double)cutoff,
            "hit_rate" => found > 0 ? 1 : 0,
            "mrr" => found == 0 ? 0 : 1.0 / (Array.FindIndex(grades, static grade => grade > 0) + 1),
            _ => throw new ArgumentOutOfRangeException(nameof(family), family, "no such metric"),
        };
    }

    private static double Dcg(int[] grades) => grades.Select(static (grade, i) => grade / Math.Log2(i + 2)).Sum();

    private static IEnumerable<string> Ranked(QueryHits hits, Func<double, double> precision) =>
        Enumerable.Range(0, hits.Count).Select(i => hits[i])
            .OrderByDescending(hit => precision(hit.Score) + 0.0)
            .ThenByDescending(static hit => System.Text.Encoding.UTF8.GetBytes(hit.DocumentId), Comparer<byte[]>.Create(static (left, right) => left.AsSpan().SequenceCompareTo(right)))
            .Select(static hit => hit.DocumentId);
}
