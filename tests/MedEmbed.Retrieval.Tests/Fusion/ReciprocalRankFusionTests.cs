using CsCheck;
using MedEmbed.Retrieval.Fusion;

namespace MedEmbed.Retrieval.Tests.Fusion;

public class ReciprocalRankFusionTests
{
    private const int Everything = 1000;

    private static readonly Gen<string[]> Ranking = Gen.Int[0, 30].Select(number => $"d{number}").HashSet[0, 20].Select(ids => ids.ToArray());

    private static readonly Gen<string[][]> Rankings = Ranking.Array[1, 5];

    [Fact]
    public void EveryScoreIsTheSumOfReciprocalRanks() =>
        Gen.Select(Rankings, Gen.Int[0, 100]).Sample((rankings, k) =>
        {
            IReadOnlyList<FusedHit> hits = new ReciprocalRankFusion(k).Fuse(rankings, Everything);
            Assert.Equal(rankings.SelectMany(ids => ids).Distinct().Order(StringComparer.Ordinal), hits.Select(hit => hit.Id).Order(StringComparer.Ordinal));
            foreach (FusedHit hit in hits)
                Assert.Equal(rankings.Sum(ids => Array.IndexOf(ids, hit.Id) is >= 0 and int position ? 1.0 / (k + position + 1) : 0), hit.Score, 1e-12);
        });

    [Fact]
    public void HitsAreInDescendingOrderWithTiesByIdDescending() =>
        Rankings.Sample(rankings =>
        {
            IReadOnlyList<FusedHit> hits = new ReciprocalRankFusion().Fuse(rankings, Everything);
            foreach ((FusedHit before, FusedHit after) in hits.Zip(hits.Skip(1)))
                Assert.True(before.Score > after.Score || (before.Score == after.Score && string.CompareOrdinal(before.Id, after.Id) > 0), $"{before} stands before {after}");
        });

    [Fact]
    public void OneRankingStaysAsItIs() =>
        Ranking.Sample(ranking => Assert.Equal(ranking, new ReciprocalRankFusion().Fuse([ranking], Everything).Select(hit => hit.Id)));

    [Fact]
    public void TwoRankingsMayBeSwapped() =>
        Gen.Select(Ranking, Ranking).Sample((one, other) =>
            Assert.Equal(new ReciprocalRankFusion().Fuse([one, other], Everything), new ReciprocalRankFusion().Fuse([other, one], Everything)));

    [Fact]
    public void FewerHitsAreTheFirstOfAll() =>
        Gen.Select(Rankings, Gen.Int[1, 20]).Sample((rankings, top) =>
            Assert.Equal(new ReciprocalRankFusion().Fuse(rankings, Everything).Take(top), new ReciprocalRankFusion().Fuse(rankings, top)));

    [Fact]
    public void ADocumentTwiceInARankingIsRefused() =>
        Assert.Contains("\"a\"", Assert.Throws<ArgumentException>(() => new ReciprocalRankFusion().Fuse([["a", "b", "a"]], 10)).Message, StringComparison.Ordinal);
}
