using System.Globalization;
using CsCheck;
using MedEmbed.Data.NearDuplicates;

namespace MedEmbed.Data.Tests.NearDuplicates;

public sealed class MinHasherTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void TheEstimateIsTheJaccardSimilarityWithinItsStandardError(int ngram)
    {
        NearDuplicateOptions options = new() { NGram = ngram, Permutations = 256 };
        MinHasher hasher = new(options);
        List<double> errors = [];
        // A text, and the same with a part of it replaced.
        Gen.Select(WordSets.Words, WordSets.Words, Gen.Double[0, 1]).Sample(
            (words, others, share) =>
            {
                string first = string.Join(' ', words);
                string second = string.Join(' ', (string[])[.. words[..(int)(words.Length * share)], .. others[..(int)(others.Length * (1 - share))], "end"]);
                double exact = WordSets.Jaccard(first, second, ngram);
                double error = (hasher.Sign(first).Similarity(hasher.Sign(second)) - exact) / Math.Sqrt(0.25 / options.Permutations);
                // Six standard errors at the worst similarity, one half: one sample in a hundred million.
                Assert.True(Math.Abs(error) < 6, $"exact {exact}, off by {error} standard errors");
                errors.Add(error);
            },
            iter: 400,
            threads: 1);
        Assert.True(Math.Abs(errors.Average()) < 0.2, $"biased by {errors.Average()} standard errors");
    }

    [Fact]
    public void CasePunctuationAndCultureMakeNoDifference()
    {
        MinHasher hasher = new();
        MinHashSignature plain = hasher.Sign("identify the illness in infants today");
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo("tr-TR");
            Assert.Equal(1, plain.Similarity(new MinHasher().Sign(" IDENTIFY the illness — in infants, TODAY! ")));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void ATextWithoutWordsIsLikeNoOther()
    {
        MinHasher hasher = new();
        Assert.True(hasher.Sign("?!").IsEmpty);
        Assert.Equal(0, hasher.Sign("?!").Similarity(hasher.Sign("")));
        Assert.Equal(0, hasher.Sign("?!").Similarity(hasher.Sign("a")));
    }

    [Fact]
    public void ATextShorterThanAnNGramIsOneNGram()
    {
        MinHasher hasher = new();
        Assert.Equal(1, hasher.Sign("chest pain").Similarity(hasher.Sign("Chest pain.")));
        Assert.Equal(0, hasher.Sign("chest pain").Similarity(hasher.Sign("chest")));
    }

    [Fact]
    public void SignaturesOfOtherLengthAreNotCompared() =>
        Assert.Throws<ArgumentException>(() => new MinHasher().Sign("a").Similarity(new MinHasher(new NearDuplicateOptions { Permutations = 64 }).Sign("a")));

    // Written down once: signatures must be the same on every machine and in every later version, or reports cannot be compared.
    [Fact]
    public void SignaturesDoNotChangeFromRunToRun() =>
        Assert.Equal([1084677993u, 345322684u, 492503899u, 88581571u], new MinHasher(new NearDuplicateOptions { Permutations = 16 }).Sign("What are the symptoms of measles?").Minima[..4].ToArray());
}
