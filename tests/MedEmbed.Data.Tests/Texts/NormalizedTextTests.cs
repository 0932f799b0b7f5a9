using System.Globalization;
using CsCheck;
using MedEmbed.Data.Texts;

namespace MedEmbed.Data.Tests.Texts;

public sealed class NormalizedTextTests
{
    [Theory]
    [InlineData("  What is\tCOVID-19 ?\n", "what is covid 19")]
    [InlineData("Crohn's disease (ileal)", "crohn s disease ileal")]
    [InlineData("ÉPONYME", "éponyme")]
    [InlineData("\ud801\udc00x 😀", "\ud801\udc28x")]
    [InlineData("?! — …", "")]
    [InlineData("", "")]
    public void OnlyLettersAndDigitsInLowerCaseAreLeft(string text, string expected) => Assert.Equal(expected, NormalizedText.Of(text));

    [Fact]
    public void NormalisingTwiceChangesNothing() =>
        Gen.String.Sample(text =>
        {
            string once = NormalizedText.Of(text);
            Assert.Equal(once, NormalizedText.Of(once));
            Assert.Equal(NormalizedText.HashOf(once), NormalizedText.HashOf(text));
            Assert.False(once.StartsWith(' ') || once.EndsWith(' ') || once.Contains("  ", StringComparison.Ordinal));
        });

    [Fact]
    public void TheCultureMakesNoDifference()
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            string invariant = NormalizedText.Of("IVF İ ı");
            CultureInfo.CurrentCulture = new CultureInfo("tr-TR");
            Assert.Equal(invariant, NormalizedText.Of("IVF İ ı"));
            Assert.StartsWith("ivf", invariant, StringComparison.Ordinal);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    // The value is xxHash's own for the empty input, so that hashes on disk and in reports stay what they are.
    [Fact]
    public void TheHashIsXxHash128() => Assert.Equal(UInt128.Parse("99aa06d3014798d86001c324468d497f", NumberStyles.HexNumber, CultureInfo.InvariantCulture), NormalizedText.HashOf(""));
}
