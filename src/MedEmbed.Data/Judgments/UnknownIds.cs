namespace MedEmbed.Data.Judgments;

/// <summary>Ids that judgments name and the data does not hold.</summary>
/// <param name="QueryIds">Judged queries that are no queries, each once, in file order.</param>
/// <param name="DocumentIds">Judged documents that are not in the corpus, each once.</param>
public sealed record UnknownIds(IReadOnlyList<string> QueryIds, IReadOnlyList<string> DocumentIds)
{
    /// <summary>Whether every id is known.</summary>
    public bool None => QueryIds.Count == 0 && DocumentIds.Count == 0;
}
