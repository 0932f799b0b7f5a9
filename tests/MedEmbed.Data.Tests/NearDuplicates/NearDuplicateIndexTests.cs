using CsCheck;
using MedEmbed.Data.NearDuplicates;

namespace MedEmbed.Data.Tests.NearDuplicates;

public sealed class NearDuplicateIndexTests
{
    [Theory]
    [InlineData(0.5)]
    [InlineData(0.8)]
    [InlineData(0.95)]
    public void OfPlantedNearDuplicatesAtMostOneInFiftyIsMissed(double threshold)
    {
        NearDuplicateOptions options = new() { Threshold = threshold };
        NearDuplicateIndex index = new(options);
        MinHasher hasher = new(options);
        Random random = new(7);
        int planted = 0, found = 0;
        for (int i = 0; i < 1_500; i++)
        {
            string[] words = [.. Enumerable.Range(0, 150).Select(_ => $"w{random.Next(2_000)}")];
            string original = string.Join(' ', words);
            Assert.Equal(i, index.Add(original));
            for (int changes = random.Next(0, 14); changes > 0; changes--)
                words[random.Next(words.Length)] = $"x{random.Next(2_000)}";
            string copy = string.Join(' ', words);
            bool shouldBeFound = hasher.Sign(original).Similarity(hasher.Sign(copy)) >= threshold;
            bool isFound = index.Find(copy).Any(near => near.Number == i);
            Assert.True(shouldBeFound || !isFound, $"text {i} was found below the threshold");
            planted += shouldBeFound ? 1 : 0;
            found += isFound ? 1 : 0;
        }

        Assert.True(planted > 100, $"only {planted} were planted");
        Assert.True(found >= 0.98 * planted, $"{found} of {planted} were found");
    }

    [Fact]
    public void WhatIsFoundHasTheThresholdsSimilarityAndUnrelatedTextsAreNot() =>
        WordSets.Words.Array[2, 20].Sample(
            texts =>
            {
                NearDuplicateIndex index = new();
                MinHasher hasher = new();
                string[] joined = [.. texts.Select(words => string.Join(' ', words))];
                foreach (string text in joined)
                    index.Add(text);
                foreach ((int number, string text) in joined.Index())
                {
                    IReadOnlyList<NearDuplicate> found = index.Find(text);
                    Assert.Contains(new NearDuplicate(number, 1), found);
                    Assert.All(found, near => Assert.Equal(hasher.Sign(text).Similarity(hasher.Sign(joined[near.Number])), near.Similarity));
                    Assert.All(found, near => Assert.InRange(near.Similarity, 0.8, 1));
                    Assert.Equal(found.Select(near => near.Number).Order(), found.Select(near => near.Number));
                }
            },
            iter: 30);

    [Fact]
    public void TextsWithoutWordsAreNeverFound()
    {
        NearDuplicateIndex index = new();
        index.Add("…");
        index.Add("one word");
        Assert.Empty(index.Find("?"));
        Assert.Equal([new NearDuplicate(1, 1)], index.Find("ONE word"));
        Assert.Equal(2, index.Count);
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(0.8)]
    [InlineData(1.0)]
    public void BandsMissAtMostOneInAHundredAtTheThreshold(double threshold)
    {
        LshBanding banding = LshBanding.For(new NearDuplicateOptions { Threshold = threshold });
        Assert.InRange(banding.Bands * banding.Rows, 1, 128);
        Assert.InRange(Math.Pow(1 - Math.Pow(threshold, banding.Rows), banding.Bands), 0, 0.01);
    }

    [Fact]
    public void OptionsOutOfRangeAreRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new NearDuplicateOptions { NGram = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new NearDuplicateOptions { Threshold = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new NearDuplicateOptions { Threshold = double.NaN });
        Assert.Throws<ArgumentOutOfRangeException>(() => new NearDuplicateOptions { Permutations = 100 });
    }
}
