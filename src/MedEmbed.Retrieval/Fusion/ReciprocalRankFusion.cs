namespace MedEmbed.Retrieval.Fusion;

/// <summary>Joins rankings by rank alone (Cormack, Clarke and Büttcher 2009): a document's score is Σ 1 / (k + rank) over the rankings that hold it, ranks from 1.</summary>
/// <remarks>Scores of the rankings need not be comparable. Immutable and thread-safe.</remarks>
public sealed class ReciprocalRankFusion
{
    /// <summary>The constant of the paper, and of most who use it.</summary>
    public const int DefaultK = 60;

    /// <summary>Sets the constant.</summary>
    /// <param name="k">How little the first ranks stand out, at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">Negative.</exception>
    public ReciprocalRankFusion(int k = DefaultK)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(k);
        K = k;
    }

    /// <summary>The constant.</summary>
    public int K { get; }

    /// <summary>Joins rankings of one query.</summary>
    /// <param name="rankings">Document ids, best first, each once in a ranking.</param>
    /// <param name="top">Documents to return at most, at least 1.</param>
    /// <returns>Best first; ties by document id, descending in UTF-8 bytes.</returns>
    /// <exception cref="ArgumentException">A ranking holds a document twice.</exception>
    public IReadOnlyList<FusedHit> Fuse(IReadOnlyList<IReadOnlyList<string>> rankings, int top)
    {
        ArgumentNullException.ThrowIfNull(rankings);
        ArgumentOutOfRangeException.ThrowIfLessThan(top, 1);
        var scores = new Dictionary<string, double>(StringComparer.Ordinal);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (IReadOnlyList<string> ranking in rankings)
        {
            seen.Clear();
            for (int position = 0; position < ranking.Count; position++)
            {
                string id = ranking[position];
                if (!seen.Add(id))
                    throw new ArgumentException($"A ranking holds the document \"{id}\" twice; a ranking names a document once.", nameof(rankings));
                scores[id] = scores.GetValueOrDefault(id) + 1.0 / (K + position + 1);
            }
        }

        FusedHit[] hits = [.. scores.Select(scored => new FusedHit(scored.Key, scored.Value))];
        Array.Sort(hits, (a, b) => a.Score != b.Score ? b.Score.CompareTo(a.Score) : Utf8Order.Compare(b.Id, a.Id));
        return hits.Length > top ? hits[..top] : hits;
    }
}
