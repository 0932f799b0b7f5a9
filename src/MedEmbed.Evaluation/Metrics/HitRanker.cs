using System.Runtime.InteropServices;

namespace MedEmbed.Evaluation.Metrics;

/// <summary>Finds the ranks of a query's relevant hits without sorting the others.</summary>
/// <remarks>
/// A hit's rank is 1, and the number of scores above its own, and the number of hits with the same score whose document id is greater in UTF-8 bytes.
/// Few hits are relevant, and counting is a pass over the scores sixteen at a time, so this costs a fraction of a sort; only groups of tied scores that hold a relevant hit are sorted.
/// Holds its buffers; not thread-safe.
/// </remarks>
internal sealed class HitRanker
{
    private readonly List<RelevantHit> _ranked = [];
    private readonly List<int> _tied = [];
    private float[] _singles = [];

    /// <summary>The relevant hits by rank ascending, ranked by scores cast to single precision as trec_eval does. Valid until the next call.</summary>
    /// <param name="documents">Document ids of the hits.</param>
    /// <param name="scores">Their scores, none NaN.</param>
    /// <param name="relevant">Positions and grades of the relevant hits; reordered by score.</param>
    /// <param name="lastRank">Ranks after this one are of no interest and may be left out.</param>
    public ReadOnlySpan<RelevantHit> Rank(ReadOnlySpan<string> documents, ReadOnlySpan<double> scores, Span<GradedPosition> relevant, int lastRank)
    {
        ReadOnlySpan<float> singles = ToSingles(scores);
        _ranked.Clear();
        for (int i = 0; i < relevant.Length; i++)
            relevant[i] = relevant[i] with { Score = singles[relevant[i].Position] };
        relevant.Sort(static (left, right) => right.Score.CompareTo(left.Score));

        for (int start = 0, end; start < relevant.Length; start = end)
        {
            float score = relevant[start].Score;
            end = start + 1;
            while (end < relevant.Length && relevant[end].Score == score)
                end++;
            (int above, int equal) = ScoreScan.Count(singles, score);
            if (above >= lastRank)
                break;
            if (equal == 1)
                _ranked.Add(new RelevantHit(above + 1, relevant[start].Grade));
            else
                RankTied(documents, singles, relevant[start..end], above);
        }

        return CollectionsMarshal.AsSpan(_ranked);
    }

    /// <summary>The rank of the first relevant hit when scores are compared in double precision, as MTEB's reciprocal rank does; 0 where none is relevant.</summary>
    public static int FirstRank(ReadOnlySpan<string> documents, ReadOnlySpan<double> scores, ReadOnlySpan<GradedPosition> relevant)
    {
        if (relevant.IsEmpty)
            return 0;
        int first = relevant[0].Position;
        foreach (GradedPosition candidate in relevant[1..])
        {
            if (Precedes(documents, scores, candidate.Position, first))
                first = candidate.Position;
        }

        (int above, int equal) = ScoreScan.Count(scores, scores[first]);
        if (equal > 1)
        {
            for (int i = 0; i < scores.Length; i++)
            {
                if (scores[i] == scores[first] && Utf8Order.Compare(documents[i], documents[first]) > 0)
                    above++;
            }
        }

        return above + 1;
    }

    private static bool Precedes(ReadOnlySpan<string> documents, ReadOnlySpan<double> scores, int left, int right) =>
        scores[left] > scores[right] || (scores[left] == scores[right] && Utf8Order.Compare(documents[left], documents[right]) > 0);

    private void RankTied(ReadOnlySpan<string> documents, ReadOnlySpan<float> singles, ReadOnlySpan<GradedPosition> relevant, int above)
    {
        float score = relevant[0].Score;
        _tied.Clear();
        for (int i = 0; i < singles.Length; i++)
        {
            if (singles[i] == score)
                _tied.Add(i);
        }

        Span<int> tied = CollectionsMarshal.AsSpan(_tied);
        string[] ids = new string[tied.Length];
        for (int i = 0; i < ids.Length; i++)
            ids[i] = documents[tied[i]];
        ids.AsSpan().Sort(tied, static (left, right) => Utf8Order.Compare(right, left));

        var grades = new Dictionary<int, int>(relevant.Length);
        foreach (GradedPosition hit in relevant)
            grades.Add(hit.Position, hit.Grade);
        for (int i = 0; i < tied.Length; i++)
        {
            if (grades.TryGetValue(tied[i], out int grade))
                _ranked.Add(new RelevantHit(above + i + 1, grade));
        }
    }

    private ReadOnlySpan<float> ToSingles(ReadOnlySpan<double> scores)
    {
        if (_singles.Length < scores.Length)
            _singles = new float[scores.Length];
        for (int i = 0; i < scores.Length; i++)
            _singles[i] = (float)scores[i];
        return _singles.AsSpan(0, scores.Length);
    }
}
