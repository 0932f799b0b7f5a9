using CsCheck;
using MedEmbed.Vectors;

namespace MedEmbed.Tests.Vectors;

public sealed class TopKTests
{
    private static readonly Gen<(int K, int[] Scores)> Cases = Gen.Select(Gen.Int[1, 40], Gen.Int[0, 6].Array[0, 100]);

    [Fact]
    public void KeepsWhatSortingWouldPutFirst() => Cases.Sample((k, scores) =>
    {
        long[] expected = [.. scores.Select((score, item) => (score, item)).OrderByDescending(pair => pair.score).ThenBy(pair => pair.item).Take(k).Select(pair => (long)pair.item)];
        Assert.Equal(expected, Select(k, scores.Select((score, item) => ((float)score, (long)item))));
    });

    [Fact]
    public void TheOrderOfArrivalDoesNotMatter() => Cases.Sample((k, scores) =>
    {
        (float, long)[] items = [.. scores.Select((score, item) => ((float)score, (long)item))];
        Assert.Equal(Select(k, items), Select(k, items.Reverse()));
    });

    [Fact]
    public void NaNNeverEnters()
    {
        TopK<LowerFirst> best = new(3, default);
        Assert.False(best.Add(float.NaN, 1));
        Assert.True(best.Add(float.NegativeInfinity, 2));
        Assert.Equal([2L], best.ToSortedArray().Select(item => item.Item));
    }

    private static long[] Select(int k, IEnumerable<(float Score, long Item)> items)
    {
        TopK<LowerFirst> best = new(k, default);
        foreach ((float score, long item) in items)
            best.Add(score, item);
        return [.. best.ToSortedArray().Select(item => item.Item)];
    }
}
