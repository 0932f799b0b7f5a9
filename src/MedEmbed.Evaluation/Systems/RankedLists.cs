using MedEmbed.Data.Judgments;
using MedEmbed.Retrieval;

namespace MedEmbed.Evaluation.Systems;

/// <summary>Lists of hits, a list a query.</summary>
internal static class RankedLists
{
    /// <summary>The best hits; ties by document id, descending in UTF-8 bytes.</summary>
    public static IReadOnlyList<Hit> Best(IEnumerable<Hit> hits, int top)
    {
        Hit[] sorted = [.. hits];
        Array.Sort(sorted, (a, b) => a.Score != b.Score ? b.Score.CompareTo(a.Score) : Utf8Order.Compare(b.DocumentId, a.DocumentId));
        return sorted.Length > top ? sorted[..top] : sorted;
    }

    /// <summary>The ids of a query's hits, best first.</summary>
    public static IReadOnlyList<string> IdsBestFirst(QueryHits hits)
    {
        var list = new Hit[hits.Count];
        for (int i = 0; i < list.Length; i++)
            list[i] = hits[i];
        return [.. Best(list, list.Length).Select(hit => hit.DocumentId)];
    }

    /// <summary>A run of these lists.</summary>
    public static RetrievalRun ToRun(IReadOnlyList<string> queryIds, IReadOnlyList<IReadOnlyList<Hit>> found)
    {
        var run = new RetrievalRunBuilder();
        for (int query = 0; query < queryIds.Count; query++)
        {
            run.AddQuery(queryIds[query]);
            foreach (Hit hit in found[query])
                run.Add(queryIds[query], hit.DocumentId, hit.Score);
        }

        return run.Build();
    }
}
