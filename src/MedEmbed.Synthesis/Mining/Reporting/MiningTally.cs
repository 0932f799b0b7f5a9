using MedEmbed.Data.Pairs;
using MedEmbed.Synthesis.Mining.Passages;

namespace MedEmbed.Synthesis.Mining.Reporting;

/// <summary>Counts and scores as triplets are written. Keeps 12 bytes a negative.</summary>
internal sealed class MiningTally(PassageCatalog catalog, bool logText)
{
    private const int Examples = 10;

    private readonly MiningReport _report = new()
    {
        Pairs = catalog.Pairs,
        RepeatedPairs = catalog.RepeatedPairs,
        Passages = catalog.Candidates,
        RepeatedDocuments = catalog.RepeatedDocuments,
        EmptyDocuments = catalog.EmptyDocuments,
        PositivesOutsideCorpus = catalog.Count - catalog.Candidates,
        BadLines = catalog.BadLines,
        BadLineReasons = catalog.BadLineReasons,
    };

    private readonly List<float> _positives = [], _negatives = [], _margins = [];
    private readonly PriorityQueue<(QueryPassagePair Pair, MinedQuery Query, MinedNegative Negative), (float Margin, long Order)> _nearest =
        new(Comparer<(float Margin, long Order)>.Create((a, b) => b.CompareTo(a)));

    private long _order;

    /// <summary>Counts the candidates of a pair, whatever becomes of it.</summary>
    public void AddCandidates(MinedQuery query)
    {
        _report.Candidates += query.Candidates;
        foreach ((string source, int count) in query.Found)
            MiningReport.Add(_report.Found, source, count);
        foreach ((string reason, int count) in query.Dropped)
            MiningReport.Add(_report.Dropped, reason, count);
    }

    public void AddTooFew() => _report.TooFewNegatives++;

    public void AddContaminated() => _report.Contaminated++;

    /// <summary>Counts a triplet that is written.</summary>
    public void AddTriplet(QueryPassagePair pair, MinedQuery query, bool dev)
    {
        _report.Triplets++;
        _report.DevTriplets += dev ? 1 : 0;
        _report.WithoutNegatives += query.Negatives.Count == 0 ? 1 : 0;
        _positives.Add(query.PositiveScore);
        foreach (MinedNegative negative in query.Negatives)
        {
            float margin = query.PositiveMarginScore - negative.MarginScore;
            MiningReport.Add(_report.Negatives, negative.Source);
            _negatives.Add(negative.Score);
            _margins.Add(margin);
            _nearest.Enqueue((pair, query, negative), (margin, _order++));
            if (_nearest.Count > Examples)
                _nearest.Dequeue();
        }
    }

    public MiningReport Complete()
    {
        _report.PositiveScores = ScoreDistribution.Of(_positives);
        _report.NegativeScores = ScoreDistribution.Of(_negatives);
        _report.Margins = ScoreDistribution.Of(_margins);
        List<MiningExample> examples = [];
        while (_nearest.TryDequeue(out (QueryPassagePair Pair, MinedQuery Query, MinedNegative Negative) near, out _))
            examples.Add(Example(near.Pair, near.Query, near.Negative));
        examples.Reverse();
        _report.Nearest = examples;
        return _report;
    }

    private MiningExample Example(QueryPassagePair pair, MinedQuery query, MinedNegative negative)
    {
        (string positiveId, string positive) = catalog.Read(query.Positive);
        (string negativeId, string text) = catalog.Read(negative.Passage);
        var example = new MiningExample(pair.QueryId, positiveId, negativeId, negative.Source, query.PositiveMarginScore, negative.MarginScore);
        return logText ? example with { Query = pair.Query, PositiveText = positive, NegativeText = text } : example;
    }
}
