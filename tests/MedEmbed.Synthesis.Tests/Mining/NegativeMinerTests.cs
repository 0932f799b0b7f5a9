using MedEmbed.Data.Pairs;
using MedEmbed.Data.Texts;
using MedEmbed.Data.Triplets;
using MedEmbed.Synthesis.Mining;
using MedEmbed.Synthesis.Mining.Reporting;

namespace MedEmbed.Synthesis.Tests.Mining;

public sealed class NegativeMinerTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly WordEncoder _words = new();
    private readonly QueryPassagePair[] _pairs = MiningFiles.Pairs(300);

    private string Output => _folder.File("t.jsonl");

    private MiningOptions All => new() { Model = _words.Model, Sources = [new(CandidateKind.Bm25, 2), new(CandidateKind.Dense, 3), new(CandidateKind.InGroup, 1), new(CandidateKind.Random)] };

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task NoNegativeIsAPositiveOfTheQueryOrOfItsDuplicate()
    {
        await MineAsync(All with { RelativeMargin = null });
        ILookup<string, string> positives = _pairs.ToLookup(pair => NormalizedText.Of(pair.Query), pair => NormalizedText.Of(pair.Positive));
        Triplet[] triplets = await MiningFiles.ReadAsync(Output);
        Assert.Equal(_pairs.Length, triplets.Length);
        Assert.Contains(positives, query => query.Count() > 1);
        Assert.All(triplets, triplet => Assert.Empty(triplet.Negatives.Select(NormalizedText.Of).Intersect(positives[NormalizedText.Of(triplet.Query)])));
        Assert.All(triplets, triplet => Assert.Equal(7, triplet.Negatives.Distinct().Count()));
    }

    [Fact]
    public async Task DenseNegativesAreTheTopOfABruteForceRankingBelowTheMargins()
    {
        const int Skip = 3, Depth = 40;
        var options = new MiningOptions { Model = _words.Model, Sources = [new(CandidateKind.Dense)], SkipRanks = Skip, Depth = Depth, Margin = 0.1, RelativeMargin = 0.9, MaxScore = 0.6, Negatives = 5 };
        await MineAsync(options);
        ILookup<string, string> positives = _pairs.ToLookup(pair => NormalizedText.Of(pair.Query), pair => pair.Positive);
        foreach (Triplet triplet in (await MiningFiles.ReadAsync(Output)).Take(60))
        {
            double positive = _words.Score(triplet.Query, triplet.Positives[0]);
            double[] ranked = [.. _pairs.Select(pair => pair.Positive).OrderByDescending(text => _words.Score(triplet.Query, text)).Take(Depth).Skip(Skip)
                .Where(text => !positives[NormalizedText.Of(triplet.Query)].Contains(text))
                .Select(text => _words.Score(triplet.Query, text))
                .Where(score => score <= 0.6 && score <= positive - 0.1 && score <= 0.9 * positive).Take(5)];
            Assert.Equal(positive, triplet.PositiveScores![0], 1e-5);
            Assert.Equal(ranked.Length, triplet.NegativeScores!.Count);
            for (int i = 0; i < ranked.Length; i++)
                Assert.Equal(ranked[i], triplet.NegativeScores[i], 1e-5);
            Assert.All(triplet.Negatives.Zip(triplet.NegativeScores), scored => Assert.Equal(_words.Score(triplet.Query, scored.First), scored.Second, 1e-5));
        }
    }

    [Fact]
    public async Task SourcesKeepTheirCapsAndGroupsAreOfTheNote()
    {
        MiningReport report = await MineAsync(All with { RelativeMargin = null, Sources = [new(CandidateKind.Bm25, 2), new(CandidateKind.Dense)] });
        Assert.Equal((2 * _pairs.Length, 5 * _pairs.Length), (report.Negatives["bm25"], report.Negatives["dense"]));
        await MineAsync(new MiningOptions { Sources = [new(CandidateKind.InGroup)], RelativeMargin = null, Overwrite = true });
        Dictionary<string, string> noteOf = _pairs.ToDictionary(pair => pair.Positive, pair => pair.NoteId!);
        Triplet[] triplets = await MiningFiles.ReadAsync(Output);
        Assert.All(triplets, triplet => Assert.All(triplet.Negatives, negative => Assert.Equal(triplet.Group, noteOf[negative])));
        Assert.Contains(triplets, triplet => triplet.Negatives.Count == 2);
    }

    [Fact]
    public async Task NoNegativeIsOfTheOwnGroupWhereThatIsKeptOut()
    {
        MiningOptions options = All with { RelativeMargin = null, Sources = [new(CandidateKind.Bm25), new(CandidateKind.Dense), new(CandidateKind.Random)] };
        Dictionary<string, string> noteOf = _pairs.ToDictionary(pair => pair.Positive, pair => pair.NoteId!);
        await MineAsync(options);
        Assert.Contains(await MiningFiles.ReadAsync(Output), triplet => triplet.Negatives.Any(negative => noteOf[negative] == triplet.Group));
        MiningReport report = await MineAsync(options with { ExcludeGroup = true, Overwrite = true });
        Assert.All(await MiningFiles.ReadAsync(Output), triplet => Assert.DoesNotContain(triplet.Negatives, negative => noteOf[negative] == triplet.Group));
        Assert.True(report.Dropped["group"] > 0);
        await Assert.ThrowsAsync<ArgumentException>(() => MineAsync(All with { ExcludeGroup = true }));
    }

    [Fact]
    public async Task TheCorpusNamesGroupsAndGivesAllNegatives()
    {
        QueryPassagePair[] pairs = [new("q0", "cough", "Dry cough, at night.") { NoteId = "pair" }, new("q1", "fever", "High fever.") { NoteId = "pair" }];
        string corpus = MiningFiles.WriteCorpus(_folder.File("corpus.jsonl"),
        [
            ("c0", "Cough", "dry COUGH at night", "a"), ("c1", null, "wet cough in the morning", "a"), ("c2", null, "no cough", "b"), ("c3", null, "", "a"), ("c4", null, "No cough!", "b"),
        ]);
        MiningReport report = await MiningFiles.MineAsync(new MiningOptions { Sources = [new(CandidateKind.InGroup)], RelativeMargin = null }, MiningFiles.WritePairs(_folder.File("p.jsonl"), pairs), Output, corpus);
        Assert.Equal((3, 1, 1, 1), (report.Passages, report.EmptyDocuments, report.RepeatedDocuments, report.PositivesOutsideCorpus));
        Triplet[] triplets = await MiningFiles.ReadAsync(Output);
        Assert.Equal(["wet cough in the morning"], triplets[0].Negatives);
        Assert.Empty(triplets[1].Negatives);
        Assert.Equal("Dry cough, at night.", triplets[0].Positives[0]);
    }

    [Fact]
    public async Task ManyPositivesOutsideTheCorpusDoNotCrowdItOut()
    {
        string corpus = MiningFiles.WriteCorpus(_folder.File("corpus.jsonl"), Enumerable.Range(0, 20).Select(i => ($"c{i}", (string?)null, $"only w0{i % 10}x here {i}", (string?)null)));
        var options = new MiningOptions { Model = _words.Model, Sources = [new(CandidateKind.Dense)], Depth = 10, Negatives = 10, RelativeMargin = null };
        await MiningFiles.MineAsync(options, MiningFiles.WritePairs(_folder.File("p.jsonl"), _pairs), Output, corpus);
        Assert.All(await MiningFiles.ReadAsync(Output), triplet =>
        {
            Assert.Equal(10, triplet.Negatives.Count);
            Assert.All(triplet.Negatives, negative => Assert.StartsWith("only", negative, StringComparison.Ordinal));
        });
    }

    [Fact]
    public async Task TheSecondModelDropsWhatItScoresNearThePositive()
    {
        var second = new WordEncoder(97, seed: 5);
        await MineAsync(All with { RelativeMargin = null, FalseNegativeModel = second.Model, FalseNegativeShare = 0.5 });
        Triplet[] triplets = await MiningFiles.ReadAsync(Output);
        Assert.All(triplets, triplet => Assert.All(triplet.Negatives, negative => Assert.True(second.Score(triplet.Query, negative) <= (0.5 * second.Score(triplet.Query, triplet.Positives[0])) + 1e-6)));
    }

    [Fact]
    public async Task SeveralTeachersAreStandardisedOverPositiveAndCandidatesAndWeighted()
    {
        var second = new WordEncoder(97, seed: 5);
        QueryPassagePair[] pairs = _pairs[..12];
        string file = MiningFiles.WritePairs(_folder.File("p.jsonl"), pairs);
        var options = new MiningOptions { Sources = [new(CandidateKind.Random)], Negatives = 32, RelativeMargin = null, Teachers = [new(_words.Model, 3), new(second.Model, 1)] };
        await MiningFiles.MineAsync(options, file, Output);
        foreach (Triplet triplet in await MiningFiles.ReadAsync(Output))
        {
            string[] texts = [.. triplet.Positives, .. triplet.Negatives];
            double[] first = Standardised(texts.Select(text => _words.Score(triplet.Query, text))), other = Standardised(texts.Select(text => second.Score(triplet.Query, text)));
            float[] scores = [.. triplet.PositiveScores!, .. triplet.NegativeScores!];
            for (int i = 0; i < texts.Length; i++)
                Assert.Equal(((3 * first[i]) + other[i]) / 4, scores[i], 1e-4);
        }
    }

    [Fact]
    public async Task TheSameSeedGivesTheSameBytesAndAnotherOtherNegatives()
    {
        MiningOptions options = All with { Selection = NegativeSelection.Sample, Overwrite = true };
        await MineAsync(options);
        byte[] first = File.ReadAllBytes(Output);
        await MineAsync(options);
        Assert.Equal(first, File.ReadAllBytes(Output));
        await MineAsync(options with { Seed = 2 });
        Assert.NotEqual(first, File.ReadAllBytes(Output));
    }

    [Fact]
    public async Task RepeatedPairsAreMinedOnce()
    {
        QueryPassagePair[] pairs = [.. _pairs[..10], _pairs[3] with { Query = _pairs[3].Query.ToUpperInvariant() }];
        MiningReport report = await MiningFiles.MineAsync(All, MiningFiles.WritePairs(_folder.File("p.jsonl"), pairs), Output);
        Assert.Equal((11, 1, 10), (report.Pairs, report.RepeatedPairs, report.Triplets));
        Assert.Equal(10, (await MiningFiles.ReadAsync(Output)).Length);
    }

    private Task<MiningReport> MineAsync(MiningOptions options) => MiningFiles.MineAsync(options, MiningFiles.WritePairs(_folder.File("p.jsonl"), _pairs), Output);

    private static double[] Standardised(IEnumerable<double> scores)
    {
        double[] all = [.. scores];
        double mean = all.Average(), deviation = Math.Sqrt(all.Average(score => (score - mean) * (score - mean)));
        return Array.ConvertAll(all, score => deviation > 0 ? (score - mean) / deviation : 0);
    }
}
