namespace MedEmbed.Evaluation.Metrics;

/// <summary>All that a rank metric has to know of one query: where its relevant documents stand, and which ones there are to find.</summary>
/// <remarks>Documents that are not relevant, judged or not, show only as gaps between the ranks, so a metric costs the number of relevant documents and not the length of the ranking.</remarks>
/// <param name="hits">The relevant documents found, by rank ascending, ranked by scores cast to single precision.</param>
/// <param name="idealGrades">The grades above 0 of every document judged for the query, found or not, in descending order.</param>
/// <param name="firstRelevantRank">Rank from 1 of the first relevant document when scores are compared in double precision, 0 where none was found.</param>
public readonly ref struct RankedRelevance(ReadOnlySpan<RelevantHit> hits, ReadOnlySpan<int> idealGrades, int firstRelevantRank)
{
    /// <summary>The relevant documents found, by rank ascending. trec_eval ranks by single precision, so these ranks do.</summary>
    public ReadOnlySpan<RelevantHit> Hits { get; } = hits;

    /// <summary>The grades above 0 of every document judged for the query, in descending order: what an ideal ranking would show.</summary>
    public ReadOnlySpan<int> IdealGrades { get; } = idealGrades;

    /// <summary>Rank from 1 of the first relevant document in double precision, as MTEB's reciprocal rank takes it; 0 where none was found.</summary>
    public int FirstRelevantRank { get; } = firstRelevantRank;

    /// <summary>How many documents are relevant to the query, found or not.</summary>
    public int RelevantCount => IdealGrades.Length;

    /// <summary>How many relevant documents stand at rank <paramref name="cutoff"/> or above.</summary>
    public int FoundAt(int cutoff)
    {
        int found = 0;
        while (found < Hits.Length && Hits[found].Rank <= cutoff)
            found++;
        return found;
    }
}
