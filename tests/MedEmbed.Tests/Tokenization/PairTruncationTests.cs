using CsCheck;
using MedEmbed.Tokenization;

namespace MedEmbed.Tests.Tokenization;

public sealed class PairTruncationTests
{
    [Fact]
    public void TheLongerTextGivesWayFirst() => Gen.Select(Gen.Int[0, 60], Gen.Int[0, 60], Gen.Int[0, 80]).Sample((first, second, room) =>
    {
        (int keptFirst, int keptSecond) = PairTruncation.LongestFirst(first, second, room);
        Assert.Equal(Math.Min(first + second, room), keptFirst + keptSecond);
        Assert.InRange(keptFirst, 0, first);
        Assert.InRange(keptSecond, 0, second);

        // A text that lost tokens is at most one token shorter than the other: it was the longer one until then.
        Assert.True(keptFirst == first || keptFirst >= keptSecond - 1);
        Assert.True(keptSecond == second || keptSecond >= keptFirst - 1);
    });

    [Theory]
    [InlineData(10, 9, 7, 4, 3)]
    [InlineData(9, 10, 7, 3, 4)]
    [InlineData(9, 9, 7, 3, 4)]
    [InlineData(2, 9, 7, 2, 5)]
    public void TheLongerTextOrElseTheSecondKeepsTheOddToken(int first, int second, int room, int keptFirst, int keptSecond) =>
        Assert.Equal((keptFirst, keptSecond), PairTruncation.LongestFirst(first, second, room));
}
