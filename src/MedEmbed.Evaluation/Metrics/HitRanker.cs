using System.Runtime.InteropServices;
using MedEmbed.Retrieval;

namespace MedEmbed.Evaluation.Metrics;

/// <summary>Finds the ranks of a query's relevant hits without sorting the others.</summary>
/// <remarks>
/// A hit's rank is 1, and the number of scores above its own, and the number of hits with the same score whose document id is greater in UTF-8 bytes.
/// Few hits are relevant, and counting is a vectorised pass over the scores, so this costs a fraction of a sort; only groups of tied scores that hold a relevant hit are sorted.
/// Holds its buffers; not thread-safe.
/// </remarks>
/// <param name="documentIds">The run's documents; a hit names one by its position here.</param>
/// <param name="judgments">The grades of the query being ranked.</param>
internal sealed class HitRanker(IReadOnlyList<string> documentIds, JudgmentIndex judgments)
{
    private readonly List<GradedHit> _relevant = [];
    private readonly List<RelevantHit> _ranked = [];
    private readonly List<int> _tied = [];
    private float[] _singles = [];

    /// <summary>Hits of the last ranked query without judgment.</summary>
    public int UnjudgedHits { get; private set; }

    /// <summary>Ranks a query's hits.</summary>
    /// <param name="documents">The hits, each document once.</param>
    /// <param name="scores">Their scores, none NaN.</param>
    /// <param name="lastRank">Ranks after this one are of no interest and may be left out.</param>
    /// <returns>The relevant hits; valid until the next call.</returns>
    public RankedRelevance Rank(ReadOnlySpan<int> documents, ReadOnlySpan<double> scores, int lastRank)
    {
        ReadOnlySpan<float> singles = FindRelevant(documents, scores);
        int firstRank = FirstRank(documents, scores);
        RankBySingles(documents, singles, lastRank);
        return new RankedRelevance(CollectionsMarshal.AsSpan(_ranked), judgments.IdealGrades, firstRank);
    }

    private ReadOnlySpan<float> FindRelevant(ReadOnlySpan<int> documents, ReadOnlySpan<double> scores)
    {
        if (_singles.Length < scores.Length)
            _singles = new float[scores.Length];
        Span<float> singles = _singles.AsSpan(0, scores.Length);
        _relevant.Clear();
        int judged = 0;
        for (int i = 0; i < documents.Length; i++)
        {
            singles[i] = (float)scores[i];
            if (!judgments.IsJudged(documents[i]))
                continue;
            judged++;
            if (judgments.RelevantGrade(documents[i]) is > 0 and int grade)
                _relevant.Add(new GradedHit(i, singles[i], grade));
        }

        UnjudgedHits = documents.Length - judged;
        return singles;
    }

    private int FirstRank(ReadOnlySpan<int> documents, ReadOnlySpan<double> scores)
    {
        if (_relevant.Count == 0)
            return 0;
        int first = _relevant[0].Position;
        foreach (GradedHit candidate in _relevant)
        {
            if (Precedes(documents, scores, candidate.Position, first))
                first = candidate.Position;
        }

        (int above, int equal) = ScoreScan.Count(scores, scores[first]);
        for (int i = 0; equal > 1 && i < scores.Length; i++)
        {
            if (scores[i] == scores[first] && CompareIds(documents[i], documents[first]) > 0)
                above++;
        }

        return above + 1;
    }

    private void RankBySingles(ReadOnlySpan<int> documents, ReadOnlySpan<float> singles, int lastRank)
    {
        _ranked.Clear();
        Span<GradedHit> relevant = CollectionsMarshal.AsSpan(_relevant);
        relevant.Sort(static (left, right) => right.Score.CompareTo(left.Score));
        for (int start = 0, end; start < relevant.Length; start = end)
        {
            float score = relevant[start].Score;
            end = start + 1;
            while (end < relevant.Length && relevant[end].Score == score)
                end++;
            (int above, int equal) = ScoreScan.Count(singles, score);
            if (above >= lastRank)
                return;
            if (equal == 1)
                _ranked.Add(new RelevantHit(above + 1, relevant[start].Grade));
            else
                RankTied(documents, singles, score, above);
        }
    }

    private void RankTied(ReadOnlySpan<int> documents, ReadOnlySpan<float> singles, float score, int above)
    {
        _tied.Clear();
        for (int i = 0; i < singles.Length; i++)
        {
            if (singles[i] == score)
                _tied.Add(documents[i]);
        }

        _tied.Sort((left, right) => CompareIds(right, left));
        foreach (int document in _tied)
        {
            above++;
            if (judgments.RelevantGrade(document) is > 0 and int grade)
                _ranked.Add(new RelevantHit(above, grade));
        }
    }

    private bool Precedes(ReadOnlySpan<int> documents, ReadOnlySpan<double> scores, int left, int right) =>
        scores[left] > scores[right] || (scores[left] == scores[right] && CompareIds(documents[left], documents[right]) > 0);

    private int CompareIds(int left, int right) => Utf8Order.Compare(documentIds[left], documentIds[right]);
}
