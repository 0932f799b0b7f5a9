using System.Globalization;
using CsCheck;
using MedEmbed.Tokenization;

namespace MedEmbed.Tests.Tokenization;

public sealed class WordPieceTokenizerTests
{
    private readonly WordPieceTokenizer _tokenizer = WordPieceTokenizer.Load(RepositoryFiles.PathOf("models/bge-small-en-v1.5"));

    [Fact]
    public void TruncatedIdsAreTheFirstIdsOfTheWholeText() => Gen.Select(OddText.Any, Gen.Int[2, 40]).Sample((text, room) =>
    {
        int[] whole = _tokenizer.Encode(text), destination = new int[room];
        int count = _tokenizer.Encode(text, destination, out bool truncated);
        int[] expected = whole.Length <= room ? whole : [.. whole[..(room - 1)], whole[^1]];
        TokenAssert.Equal(expected, destination.AsSpan(0, count), _tokenizer, text);
        TokenAssert.Equal(expected, _tokenizer.Encode(text, room), _tokenizer, text);
        Assert.Equal(whole.Length > room, truncated);
    });

    [Fact]
    public void WhiteSpaceSeparatesTextsThatTokeniseAlone() => Gen.Select(OddText.Any, OddText.Any).Sample((first, second) =>
    {
        int[] expected = [.. _tokenizer.Encode(first)[..^1], .. _tokenizer.Encode(second)[1..]];
        TokenAssert.Equal(expected, _tokenizer.Encode($"{first} {second}"), _tokenizer, $"{first} {second}");
    });

    [Fact]
    public void PairIsBothTextsWithTypes() => Gen.Select(OddText.Any, OddText.Any).Sample((first, second) =>
    {
        TokenizedPair pair = _tokenizer.EncodePair(first, second);
        int[] one = _tokenizer.Encode(first), two = _tokenizer.Encode(second)[1..];
        TokenAssert.Equal([.. one, .. two], pair.Ids, _tokenizer, $"{first}\n+ {second}");
        Assert.Equal([.. Enumerable.Repeat(0, one.Length), .. Enumerable.Repeat(1, two.Length)], pair.TypeIds);
        Assert.False(pair.Truncated);
    });

    [Fact]
    public void LettersSplitIntoTheLongestPiecesFromTheLeft() => Gen.String[Gen.Char['a', 'z'], 1, 40].Sample(word =>
        TokenAssert.Equal([_tokenizer.ClsId, .. LongestPieces(word), _tokenizer.SepId], _tokenizer.Encode(word), _tokenizer, word));

    [Fact]
    public void VocabularyFileGivesTheIdsOfTokenizerJson()
    {
        using TemporaryFolder copy = new();
        foreach (string file in (string[])["vocab.txt", "tokenizer_config.json", "special_tokens_map.json"])
            File.Copy(RepositoryFiles.PathOf($"models/bge-small-en-v1.5/{file}"), copy.File(file));
        WordPieceTokenizer older = WordPieceTokenizer.Load(copy.Path);
        Assert.Equal(_tokenizer.VocabularySize, older.VocabularySize);
        OddText.Any.Sample(text => TokenAssert.Equal(_tokenizer.Encode(text), older.Encode(text), older, text));
    }

    [Theory]
    [InlineData("the heart ")]
    [InlineData("x")]
    [InlineData("\u00E9")]
    [InlineData("\u302E")]
    [InlineData(" ")]
    [InlineData("a\u0301")]
    public void TruncationOfALongTextAllocatesNoMoreThanThatOfAPage(string part)
    {
        string page = Repeat(part, 4_000), book = Repeat(part, 10_000_000);
        _ = Allocated(page);
        // A collection may empty the array pool between two calls; not between all of them.
        Assert.InRange(Enumerable.Range(0, 5).Min(_ => Allocated(book)), 0, Allocated(page) + 1_000);

        long Allocated(string text)
        {
            Span<int> destination = new int[512];
            long before = GC.GetAllocatedBytesForCurrentThread();
            _tokenizer.Encode(text, destination, out _);
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }
    }

    [Fact]
    public void EmptyTextIsItsSpecialTokens()
    {
        Assert.Equal([_tokenizer.ClsId, _tokenizer.SepId], _tokenizer.Encode(""));
        Assert.Equal([_tokenizer.ClsId, _tokenizer.SepId, _tokenizer.SepId], _tokenizer.EncodePair("", "").Ids);
    }

    [Fact]
    public void LoneSurrogatesAreDropped() =>
        Assert.Equal(_tokenizer.Encode("heart attack"), _tokenizer.Encode("he\uD800art \uDC00attack\uD83D"));

    [Fact]
    public void CultureDoesNotMatter()
    {
        int[] expected = _tokenizer.Encode("INFARCTION \u0130\u0131");
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo("tr-TR");
            Assert.Equal(expected, _tokenizer.Encode("INFARCTION \u0130\u0131"));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void ThreadsMayShareATokenizer()
    {
        string[] texts = [.. Enumerable.Range(0, 200).Select(i => $"Patient {i}: na\u00EFve T-cells, \u03B1-blocker {new string('x', i)}, [MASK] \u4E2D\u6587")];
        int[][] expected = [.. texts.Select(text => _tokenizer.Encode(text))];
        Parallel.For(0, texts.Length * 10, i => Assert.Equal(expected[i % texts.Length], _tokenizer.Encode(texts[i % texts.Length])));
    }

    [Fact]
    public void TokensAndIdsMapToEachOther()
    {
        for (int id = 0; id < _tokenizer.VocabularySize; id++)
            Assert.Equal(id, _tokenizer.IdOf(_tokenizer.TokenOf(id)!));
        Assert.Equal((30522, 0, 100, 101, 102, 103, 512), (_tokenizer.VocabularySize, _tokenizer.PadId, _tokenizer.UnknownId, _tokenizer.ClsId, _tokenizer.SepId, _tokenizer.MaskId, _tokenizer.ModelMaxLength));
        Assert.Null(_tokenizer.IdOf("no such token"));
        Assert.Null(_tokenizer.TokenOf(-1));
        Assert.Null(_tokenizer.TokenOf(30522));
    }

    [Fact]
    public void RoomForTheSpecialTokensIsNeeded()
    {
        Assert.Throws<ArgumentException>(() => _tokenizer.Encode("a", new int[1], out _));
        Assert.Throws<ArgumentOutOfRangeException>(() => _tokenizer.Encode("a", 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => _tokenizer.EncodePair("a", "b", 2));
        Assert.Equal([_tokenizer.ClsId, _tokenizer.SepId], _tokenizer.Encode("a", 2));
        Assert.Equal([_tokenizer.ClsId, _tokenizer.SepId, _tokenizer.SepId], _tokenizer.EncodePair("a", "b", 3).Ids);
    }

    private static string Repeat(string part, int characters) => string.Concat(Enumerable.Repeat(part, characters / part.Length));

    private List<int> LongestPieces(string word)
    {
        List<int> pieces = [];
        for (int start = 0; start < word.Length;)
        {
            int end = word.Length;
            while (end > start && _tokenizer.IdOf((start > 0 ? "##" : "") + word[start..end]) is null)
                end--;
            if (end == start)
                return [_tokenizer.UnknownId];
            pieces.Add(_tokenizer.IdOf((start > 0 ? "##" : "") + word[start..end])!.Value);
            start = end;
        }

        return pieces;
    }
}
