using System.Globalization;
using MedEmbed.Evaluation.Tasks;

namespace MedEmbed.Evaluation.Results;

/// <summary>Tells what is odd about a task's data, so that nothing is dropped unseen.</summary>
internal static class DataRemarks
{
    private const int Shown = 5;

    public static IReadOnlyList<string> Of(RetrievalData data)
    {
        List<string> remarks = [];
        Add(data.UnknownIds.DocumentIds, "judged documents are not in the corpus; they cannot be found and count as missed");
        Add(data.UnknownIds.QueryIds, "judged queries have no text and are left out");
        Add([.. data.QueryIds.Where(query => !HasRelevant(data, query))], "queries have no relevant document; they count with 0");
        if (data.QueriesWithoutJudgments > 0)
            remarks.Add(string.Create(CultureInfo.InvariantCulture, $"{data.QueriesWithoutJudgments} queries have no judgments in this split and are not run."));
        if (data.Qrels.DuplicateJudgments > 0)
            remarks.Add(string.Create(CultureInfo.InvariantCulture, $"{data.Qrels.DuplicateJudgments} judgments stand twice; each counts once."));
        return remarks;

        void Add(IReadOnlyList<string> ids, string text)
        {
            if (ids.Count > 0)
                remarks.Add(string.Create(CultureInfo.InvariantCulture, $"{ids.Count} {text}: {string.Join(", ", ids.Take(Shown))}{(ids.Count > Shown ? ", …" : "")}."));
        }
    }

    private static bool HasRelevant(RetrievalData data, string query)
    {
        foreach (int grade in data.Qrels[query].Grades)
        {
            if (grade > 0)
                return true;
        }

        return false;
    }
}
