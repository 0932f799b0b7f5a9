using System.Text;
using MedEmbed.Tokenization;
using MedEmbed.Tokenization.Unicode;

namespace MedEmbed.Tests.Tokenization;

public sealed class NormalizationTests
{
    private static readonly BertNormalization Uncased = new(CleanText: true, HandleChineseChars: true, StripAccents: true, Lowercase: true);

    [Theory]
    [InlineData("Na\u00EFve\tCAF\u00C9", "naive cafe")]
    [InlineData("\u4E2D\u6587", " \u4E2D  \u6587 ")]
    [InlineData("a\u0000b\u200Bc\u00ADd\uFFFDe\u0085f\u000Bg", "abcdefg")]
    [InlineData("a\u00A0b\u3000c\u2028d", "a b c d")]
    [InlineData("\u0130", "i")]
    [InlineData("\uD55C", "\u1112\u1161\u11AB")]
    [InlineData("\u212B\u2126", "a\u03C9")]
    [InlineData("\u039F\u0394\u039F\u03A3", "\u03BF\u03B4\u03BF\u03C3")]
    [InlineData("\u2B820", "\u2B820")]
    public void UncasedTextIsCleanedStrippedAndLowered(string text, string expected) => Assert.Equal(expected, Normalize(text, Uncased));

    [Theory]
    [InlineData("\u0130", "i\u0307")]
    [InlineData("CAF\u00C9", "caf\u00E9")]
    [InlineData("e\u0301", "e\u0301")]
    public void AccentsStayWhereTheyAreNotStripped(string text, string expected) =>
        Assert.Equal(expected, Normalize(text, Uncased with { StripAccents = false }));

    [Fact]
    public void MarksThatStayStandInCanonicalOrder()
    {
        // Classes 224 and 216; neither is a non-spacing mark, so both stay, the lower class first.
        Assert.Equal("a\U0001D165\u302E", Normalize("a\u302E\U0001D165", Uncased));
        Assert.Equal("a\U0001D165\u302E", Normalize("a\U0001D165\u302E", Uncased));
    }

    [Fact]
    public void CombiningGraphemeJoinerKeepsMarksApart() =>
        Assert.Equal("a\u302E\U0001D165", Normalize("a\u302E\u034F\U0001D165", Uncased));

    [Fact]
    public void LowerCaseIsThatOfDotnetInLatinGreekAndCyrillic()
    {
        for (int codePoint = 0; codePoint < 0x530; codePoint++)
        {
            if (codePoint == 0x130)
                continue;
            int expected = Rune.ToLowerInvariant(new Rune(codePoint)).Value;
            bool lowers = (UnicodeTable.Default.TraitsOf(codePoint) & CodePointTraits.Lowers) != 0;
            Assert.Equal(expected, lowers ? UnicodeTable.Default.LowerOf(codePoint)[0] : codePoint);
        }
    }

    [Fact]
    public void DecompositionsAreComplete()
    {
        for (int codePoint = 0; codePoint < 0x110000; codePoint++)
        {
            if ((UnicodeTable.Default.TraitsOf(codePoint) & CodePointTraits.Decomposes) == 0)
                continue;
            foreach (int part in UnicodeTable.Default.DecompositionOf(codePoint))
                Assert.False((UnicodeTable.Default.TraitsOf(part) & CodePointTraits.Decomposes) != 0, $"U+{codePoint:X4} has the part U+{part:X4}");
        }
    }

    [Fact]
    public void MarksThatMoveNeverEndAWord()
    {
        for (int codePoint = 0; codePoint < 0x110000; codePoint++)
        {
            CodePointTraits traits = UnicodeTable.Default.TraitsOf(codePoint);
            if ((traits & CodePointTraits.Reorders) != 0)
                Assert.Equal(CodePointTraits.None, traits & (CodePointTraits.WhiteSpace | CodePointTraits.Punctuation));
        }
    }

    private static string Normalize(string text, BertNormalization rules) =>
        string.Concat(CodePointNormalizer.Normalize(text, rules, UnicodeTable.Default).Select(char.ConvertFromUtf32));
}
