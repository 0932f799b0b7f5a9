using MedEmbed.Tokenization;

namespace MedEmbed.Tests.Tokenization;

public sealed class AddedTokenTests
{
    [Fact]
    public void SpecialTokenIsFoundInsideAWordAndOnlyInItsOwnCase()
    {
        using TinyTokenizer tiny = new();
        WordPieceTokenizer tokenizer = tiny.LoadJson();
        Assert.Equal(Ids("heart", "[MASK]", "attack"), TinyTokenizer.Inner(tokenizer, "heart[MASK]attack"));
        Assert.Equal(Ids("heart", "[", "[UNK]", "]"), TinyTokenizer.Inner(tokenizer, "heart[mask]"));
    }

    [Fact]
    public void OfTokensThatBeginTogetherTheLongestIsTaken()
    {
        using TinyTokenizer tiny = new();
        int shorter = tiny.Add("<q"), longer = tiny.Add("<query>");
        WordPieceTokenizer tokenizer = tiny.LoadJson();
        Assert.Equal([longer, shorter, .. Ids("heart")], TinyTokenizer.Inner(tokenizer, "<query><q heart"));
    }

    [Fact]
    public void TokenOfLettersSplitsAWord()
    {
        using TinyTokenizer tiny = new();
        int added = tiny.Add("att");
        WordPieceTokenizer tokenizer = tiny.LoadJson();
        Assert.Equal([.. Ids("heart"), added, .. Ids("[UNK]")], TinyTokenizer.Inner(tokenizer, "heart attack"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void SingleWordTokenNeedsANonWordOnBothSides(bool normalized)
    {
        using TinyTokenizer tiny = new();
        int added = tiny.Add("heart", singleWord: true, normalized);
        ((System.Text.Json.Nodes.JsonObject)tiny.Json["model"]!["vocab"]!).Remove("heart");
        ((System.Text.Json.Nodes.JsonArray)tiny.Json["added_tokens"]!)[^1]!["id"] = added;
        WordPieceTokenizer tokenizer = tiny.LoadJson();
        Assert.Equal([added, .. Ids("-"), added], TinyTokenizer.Inner(tokenizer, "heart-heart"));
        Assert.DoesNotContain(added, TinyTokenizer.Inner(tokenizer, "hearts \u00E9heart"));
    }

    [Fact]
    public void NormalizedTokenIsFoundInNormalizedText()
    {
        using TinyTokenizer tiny = new();
        int added = tiny.Add("Caf\u00E9 au", normalized: true);
        WordPieceTokenizer tokenizer = tiny.LoadJson();
        Assert.Equal([.. Ids("heart"), added, .. Ids("i")], TinyTokenizer.Inner(tokenizer, "heart CAFE\u0301\u00A0Aui"));
    }

    [Fact]
    public void MatchThatIsNoSingleWordHidesThoseWithinIt()
    {
        using TinyTokenizer tiny = new();
        tiny.Add("heart attack", singleWord: true);
        int inner = tiny.Add("<s>"), outer = tiny.Add("x<s>", singleWord: true);
        WordPieceTokenizer tokenizer = tiny.LoadJson();
        Assert.DoesNotContain(inner, TinyTokenizer.Inner(tokenizer, "x<s>a"));
        Assert.Equal([outer], TinyTokenizer.Inner(tokenizer, "x<s>"));
    }

    private static int[] Ids(params string[] pieces) => [.. pieces.Select(TinyTokenizer.IdOf)];
}
