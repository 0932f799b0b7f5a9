using CsCheck;
using MedEmbed.Synthesis.Notes;

namespace MedEmbed.Synthesis.Tests.Notes;

public sealed class NoteSplitterTests
{
    private static readonly string[] Pieces = ["The lungs are clear. ", "Dr. Kumar saw her. ", "No edema", ". ", "\n", "\n\n", "word ", "x", "1. Hypertension\n", "😀"];

    private static readonly Gen<string> Texts = Gen.Int[0, Pieces.Length - 1].Select(i => Pieces[i]).Array[0, 60].Select(string.Concat);

    [Fact]
    public void PartsAreShortEnoughAndLoseNothingButWhiteSpace() =>
        Gen.Select(Texts, Gen.Int[100, 300]).Sample((text, limit) =>
        {
            IReadOnlyList<NotePart> parts = Split(text, limit);
            Assert.All(parts, part => Assert.InRange(part.Text.Length, 1, limit));
            Assert.Equal(string.Concat(text.Where(c => !char.IsWhiteSpace(c))), string.Concat(parts.SelectMany(part => part.Text).Where(c => !char.IsWhiteSpace(c))));
            Assert.All(parts, part => Assert.False(char.IsLowSurrogate(part.Text[0])));
        });

    [Fact]
    public void SentencesStayWhole()
    {
        string text = string.Join(' ', Enumerable.Range(0, 50).Select(i => FormattableString.Invariant($"Dr. Kumar saw finding no. {i} at approx. 3.5 cm.")));
        IReadOnlyList<NotePart> parts = Split(text, 200);
        Assert.All(parts, part => Assert.StartsWith("Dr. Kumar", part.Text, StringComparison.Ordinal));
        Assert.All(parts, part => Assert.EndsWith("3.5 cm.", part.Text, StringComparison.Ordinal));
    }

    [Fact]
    public void AShortNoteKeepsItsId()
    {
        Assert.Equal(["n"], Split("short", 100).Select(part => part.Id));
        Assert.Equal(["n#1", "n#2"], Split(new string('a', 90) + " " + new string('b', 90), 100).Select(part => part.Id));
        Assert.Empty(Split(" \n", 100));
    }

    private static IReadOnlyList<NotePart> Split(string text, int limit) => new NoteSplitter(limit).Split(new Note("n", null, text));
}
