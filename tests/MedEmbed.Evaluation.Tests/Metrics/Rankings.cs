using CsCheck;
using MedEmbed.Data.Judgments;

namespace MedEmbed.Evaluation.Tests.Metrics;

/// <summary>Small runs and judgments written in place, and random ones.</summary>
internal static class Rankings
{
    public static RetrievalRun Run(params (string Query, (string Document, double Score)[] Hits)[] queries)
    {
        var builder = new RetrievalRunBuilder();
        foreach ((string query, (string Document, double Score)[] hits) in queries)
        {
            builder.AddQuery(query);
            foreach ((string document, double score) in hits)
                builder.Add(query, document, score);
        }

        return builder.Build();
    }

    public static Qrels Judged(params (string Query, string Document, int Grade)[] judgments) =>
        Qrels.Create(judgments.Select(static judgment => new Judgment(judgment.Query, judgment.Document, judgment.Grade)));

    /// <summary>Queries of up to 40 hits with many ties, some only in single precision, over ids that sort differently as UTF-16 and as UTF-8; grades from -1 to 3.</summary>
    public static Gen<(RetrievalRun Run, Qrels Qrels)> Random { get; } =
        Gen.Select(
            Gen.Select(Hits(), Judgments()).Array[1, 6],
            static queries =>
            {
                (string, (string, double)[])[] run = [.. queries.Select(static (query, number) => ($"q{number}", query.Item1))];
                (string, string, int)[] qrels = [.. queries.SelectMany(static (query, number) => query.Item2.Select(judgment => ($"q{number}", judgment.Document, judgment.Grade)))];
                return (Run(run), Judged(qrels));
            });

    private static Gen<string> Id() =>
        Gen.OneOf("a", "b", "ab", "B", "é", "z", "\uE000", "\uFFFD", "\U00010000", "\U0001F9EC", "\U0001F9EC1", "10", "9", "").Select(Gen.Int[0, 5], static (stem, number) => $"{stem}{number}");

    private static Gen<(string, double)[]> Hits() =>
        Gen.Select(Id(), Gen.OneOf(Gen.OneOf(0.3, 0.30000000000000004, 0.0, -0.0, 1e-300, 1e300, double.PositiveInfinity, double.NegativeInfinity), Gen.Double[-1, 1])).Array[0, 40]
            .Select(static hits => hits.DistinctBy(static hit => hit.Item1).ToArray());

    private static Gen<(string Document, int Grade)[]> Judgments() =>
        Gen.Select(Id(), Gen.Int[-1, 3]).Array[1, 20].Select(static judgments => judgments.DistinctBy(static judgment => judgment.Item1).ToArray());
}
