using System.Globalization;
using MedEmbed.Data.Judgments;

namespace MedEmbed.Benchmarks.Metrics;

/// <summary>A run and judgments of the size of a large benchmark: 10,000 queries, 1,000 hits each in no order, of 100,000 documents; 40 judgments a query of grade 0 to 2, half of them on hits.</summary>
internal sealed record SyntheticRun(Qrels Qrels, RetrievalRun Run)
{
    private const int Queries = 10_000;
    private const int Hits = 1_000;
    private const int Documents = 100_000;
    private const int JudgedHits = 20;
    private const int JudgedOthers = 20;

    public static SyntheticRun Create(int seed)
    {
        var random = new Random(seed);
        string[] documents = [.. Enumerable.Range(0, Documents).Select(static number => string.Create(CultureInfo.InvariantCulture, $"doc{number:D6}"))];
        int[] shuffled = [.. Enumerable.Range(0, Documents)];
        var run = new RetrievalRunBuilder();
        var judgments = new List<Judgment>();
        for (int number = 0; number < Queries; number++)
        {
            string query = string.Create(CultureInfo.InvariantCulture, $"q{number}");
            for (int i = 0; i < Hits + JudgedOthers; i++)
            {
                int other = random.Next(i, Documents);
                (shuffled[i], shuffled[other]) = (shuffled[other], shuffled[i]);
                string document = documents[shuffled[i]];
                if (i < Hits)
                    run.Add(query, document, random.NextSingle());
                if (i < JudgedHits || i >= Hits)
                    judgments.Add(new Judgment(query, document, random.Next(3)));
            }
        }

        return new SyntheticRun(Qrels.Create(judgments), run.Build());
    }
}
