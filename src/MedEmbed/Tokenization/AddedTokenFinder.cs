using System.Buffers;
using System.Text;
using MedEmbed.Tokenization.Unicode;

namespace MedEmbed.Tokenization;

/// <summary>Finds added tokens in raw text: leftmost first, of those the longest. Immutable and thread-safe.</summary>
internal sealed class AddedTokenFinder
{
    private readonly Dictionary<char, AddedToken[]> _longestFirst;
    private readonly UnicodeTable _unicode;
    private readonly ulong _firstBits;

    public AddedTokenFinder(IEnumerable<AddedToken> tokens, UnicodeTable unicode)
    {
        _unicode = unicode;
        _longestFirst = tokens.GroupBy(token => token.Content[0])
            .ToDictionary(group => group.Key, group => group.OrderByDescending(token => token.Content.Length).ToArray());
        foreach (char first in _longestFirst.Keys)
            _firstBits |= 1UL << first;
    }

    /// <summary>The characters that added tokens begin with.</summary>
    public IReadOnlyCollection<char> FirstCharacters => _longestFirst.Keys;

    /// <summary>The added token that begins at <paramref name="position"/>, or null.</summary>
    /// <param name="text">The whole text.</param>
    /// <param name="position">Positions must be asked for in ascending order.</param>
    /// <param name="hiddenUntil">State between calls, 0 at first: a match thrown out for not being a single word hides those that begin within it.</param>
    public AddedToken? FindAt(ReadOnlySpan<char> text, int position, ref int hiddenUntil)
    {
        // The shift takes the character's low six bits: enough to pass over most.
        if ((_firstBits >> text[position] & 1) == 0 || position < hiddenUntil || !_longestFirst.TryGetValue(text[position], out AddedToken[]? candidates))
            return null;
        foreach (AddedToken candidate in candidates)
        {
            if (!text[position..].StartsWith(candidate.Content, StringComparison.Ordinal))
                continue;
            int end = position + candidate.Content.Length;
            if (!candidate.SingleWord || StandsAlone(text, position, end))
                return candidate;
            hiddenUntil = end;
            return null;
        }

        return null;
    }

    private bool StandsAlone(ReadOnlySpan<char> text, int start, int end) =>
        !(Rune.DecodeLastFromUtf16(text[..start], out Rune before, out _) == OperationStatus.Done && IsWord(before))
        && !(Rune.DecodeFromUtf16(text[end..], out Rune after, out _) == OperationStatus.Done && IsWord(after));

    private bool IsWord(Rune rune) => (_unicode.TraitsOf(rune.Value) & CodePointTraits.Word) != 0;
}
