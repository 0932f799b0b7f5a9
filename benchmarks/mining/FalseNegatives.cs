using MedEmbed.Data.Texts;
using MedEmbed.Data.Triplets;
using MedEmbed.Synthesis.Mining;

namespace MedEmbed.Benchmarks.Mining;

/// <summary>How many mined negatives are judged positives that the miner was not told of, with one setting.</summary>
internal sealed record FalseNegatives(string Candidates, double? RelativeMargin, int Negatives, int Wrong)
{
    /// <summary>Tells the miner the first judged positive of each question alone, and counts the others among its negatives.</summary>
    public static async Task<IReadOnlyList<FalseNegatives>> CountAsync(JudgedPairs judged, MiningModel model, string folder)
    {
        string first = Path.Combine(folder, "first.jsonl"), corpus = Path.Combine(folder, "corpus.jsonl"), output = Path.Combine(folder, "first.triplets.jsonl");
        await judged.WriteAsync(first, firstOfEachQuery: true).ConfigureAwait(false);
        judged.WriteCorpus(corpus);
        List<FalseNegatives> rows = [];
        foreach ((string name, MiningOptions options) in Settings(new MiningOptions { Model = model, WorkFolder = Path.Combine(folder, "work"), Overwrite = true }))
        {
            await new NegativeMiner(options).RunAsync(new MiningInput(first, corpus), output).ConfigureAwait(false);
            int negatives = 0, wrong = 0;
            await foreach (Triplet triplet in TripletFile.Read(output).ReadAsync().ConfigureAwait(false))
            {
                negatives += triplet.Negatives.Count;
                wrong += triplet.Negatives.Count(negative => judged.Positives[triplet.QueryId!].Contains(NormalizedText.HashOf(negative)));
            }

            rows.Add(new FalseNegatives(name, options.RelativeMargin, negatives, wrong));
            Console.WriteLine($"{name}, margin {options.RelativeMargin}: {wrong} of {negatives}");
        }

        return rows;
    }

    private static IEnumerable<(string Name, MiningOptions Options)> Settings(MiningOptions options)
    {
        foreach (double? margin in (double?[])[null, 0.95, 0.9])
        {
            yield return ("bm25, dense", options with { RelativeMargin = margin });
            yield return ("bm25, dense from rank 20, sampled", options with { RelativeMargin = margin, SkipRanks = 20, Selection = NegativeSelection.Sample });
        }

        yield return ("random", options with { RelativeMargin = null, Sources = [new(CandidateKind.Random)] });
    }
}
