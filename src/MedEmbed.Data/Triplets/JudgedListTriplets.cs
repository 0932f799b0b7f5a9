using System.Runtime.CompilerServices;
using MedEmbed.Data.Judgments;
using MedEmbed.Data.Reading;

namespace MedEmbed.Data.Triplets;

/// <summary>A judged list as triplets with the grades as scores.</summary>
internal sealed class JudgedListTriplets(string path, ReadOptions options) : ITripletForm
{
    /// <summary>The lowest grade of a positive: 2 is relevant, 1 marginal.</summary>
    public const int PositiveGrade = 2;

    private readonly JudgedListReader _reader = new(path, options);

    public string File => path;

    public long LinesRead => _reader.LinesRead;

    public BadLines BadLines => _reader.BadLines;

    public BadLines Omitted { get; private set; } = new();

    public async IAsyncEnumerable<Triplet> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Omitted = new BadLines();
        await foreach (JudgedQuery query in _reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            if (TripletOf(query) is { } triplet)
                yield return triplet;
        }
    }

    private Triplet? TripletOf(JudgedQuery query)
    {
        if (string.IsNullOrWhiteSpace(query.Query))
            return Omit("field \"query\" is empty; it makes no triplet.");
        List<JudgedPassage> positives = [], negatives = [];
        foreach (JudgedPassage passage in query.Passages)
        {
            if (string.IsNullOrWhiteSpace(passage.Text))
                Omit("field \"passages.text\" is empty; the passage is left out of the triplet.");
            else
                (passage.Grade >= PositiveGrade ? positives : negatives).Add(passage);
        }

        if (positives.Count == 0)
            return Omit($"no passage is graded {PositiveGrade} or higher; a query without a positive makes no triplet.");
        return new Triplet(query.Query, Texts(positives), Texts(negatives)) { PositiveScores = Grades(positives), NegativeScores = Grades(negatives), QueryId = query.QueryId, QueryType = query.QueryType };
    }

    private Triplet? Omit(string reason)
    {
        Omitted.Add(new DataFormatException(path, LinesRead, reason));
        return null;
    }

    private static string[] Texts(List<JudgedPassage> passages) => [.. passages.Select(passage => passage.Text)];

    private static float[] Grades(List<JudgedPassage> passages) => [.. passages.Select(passage => (float)passage.Grade)];
}
