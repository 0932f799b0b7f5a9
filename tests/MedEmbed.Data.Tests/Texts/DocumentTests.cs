using MedEmbed.Data.Texts;

namespace MedEmbed.Data.Tests.Texts;

public sealed class DocumentTests
{
    // Expected values are Python's: (title + " " + text).strip() if title else text.strip().
    [Theory]
    [InlineData("Fever", "in children", "Fever in children")]
    [InlineData(null, " in children\n", "in children")]
    [InlineData("", "in children", "in children")]
    [InlineData("  ", "in children", "in children")]
    [InlineData("Fever", "", "Fever")]
    [InlineData("", "", "")]
    [InlineData("A ", " b", "A   b")]
    [InlineData("\u001Ca", "b\u00A0\u2003\u0085", "a b")]
    [InlineData("a", "b\u200B", "a b\u200B")]
    public void TitleAndTextFollowsMteb(string? title, string text, string expected) =>
        Assert.Equal(expected, new Document("1", title, text).TitleAndText);
}
