using MedEmbed.Tokenization.Unicode;

namespace MedEmbed.Tokenization;

/// <summary>Finds added tokens in a stream of normalised code points: leftmost first, of those the longest. For one text at a time.</summary>
/// <remarks>Holds no more code points than the longest token and the one behind it.</remarks>
/// <param name="longestFirst">The tokens with their normalised contents, at least one.</param>
/// <param name="unicode">Says which code points are word characters.</param>
internal sealed class NormalizedTokenWindow((int[] Content, AddedToken Token)[] longestFirst, UnicodeTable unicode)
{
    private const int None = -1;

    private readonly int[] _window = new int[longestFirst[0].Content.Length + 1];
    private int _previous = None;
    private int _hidden;

    /// <summary>Code points that wait.</summary>
    public int Count { get; private set; }

    /// <summary>Whether what stands first can be decided without seeing more.</summary>
    public bool IsFull => Count == _window.Length;

    private ReadOnlySpan<int> Ahead => _window.AsSpan(0, Count);

    public void Push(int codePoint) => _window[Count++] = codePoint;

    /// <summary>Forgets what came before: a new part of the text begins.</summary>
    public void Restart() => (_previous, _hidden) = (None, 0);

    /// <summary>Takes the added token that begins here and returns its id, or takes one code point and returns null.</summary>
    public int? TryTake(out int codePoint)
    {
        codePoint = _window[0];
        if (_hidden > 0)
        {
            _hidden--;
        }
        else if (Longest() is { } match)
        {
            if (!match.Token.SingleWord || StandsAlone(match.Content.Length))
            {
                Drop(match.Content.Length);
                return match.Token.Id;
            }

            // A match that is thrown out still hides those that begin within it.
            _hidden = match.Content.Length - 1;
        }

        Drop(1);
        return null;
    }

    private (int[] Content, AddedToken Token)? Longest()
    {
        foreach ((int[] Content, AddedToken Token) candidate in longestFirst)
        {
            if (Ahead.StartsWith(candidate.Content))
                return candidate;
        }

        return null;
    }

    private void Drop(int count)
    {
        _previous = _window[count - 1];
        Ahead[count..].CopyTo(_window);
        Count -= count;
    }

    private bool StandsAlone(int length) =>
        !IsWord(_previous) && !IsWord(length < Count ? _window[length] : None);

    private bool IsWord(int codePoint) =>
        codePoint != None && (unicode.TraitsOf(codePoint) & CodePointTraits.Word) != 0;
}
