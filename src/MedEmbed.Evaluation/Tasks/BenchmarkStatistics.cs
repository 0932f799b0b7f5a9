namespace MedEmbed.Evaluation.Tasks;

/// <summary>Counts that tell one copy of a benchmark from another, as MTEB states them in its <c>descriptive_stats</c>.</summary>
/// <param name="Documents">Documents of the corpus.</param>
/// <param name="DocumentCharacters">Unicode code points of all documents, each as title, space, text.</param>
/// <param name="Queries">Queries with judgments.</param>
/// <param name="QueryCharacters">Unicode code points of these queries.</param>
/// <param name="Relevant">Judgments whose grade is not 0.</param>
public sealed record BenchmarkStatistics(int Documents, long DocumentCharacters, int Queries, long QueryCharacters, int Relevant)
{
    /// <summary>The statistics of <paramref name="data"/>.</summary>
    public static BenchmarkStatistics Of(RetrievalData data)
    {
        ArgumentNullException.ThrowIfNull(data);
        return new BenchmarkStatistics(
            data.DocumentIds.Count, Characters(data.Documents), data.QueryIds.Count, Characters(data.Queries), data.Qrels.Enumerate().Count(judgment => judgment.Grade != 0));
    }

    private static long Characters(DistinctTexts texts)
    {
        int[] lengths = [.. texts.Texts.Select(text => text.Length - text.Count(char.IsLowSurrogate))];
        return texts.OfItem.Sum(text => (long)lengths[text]);
    }
}
