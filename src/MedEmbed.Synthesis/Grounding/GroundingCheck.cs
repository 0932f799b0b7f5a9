using System.Text.RegularExpressions;

namespace MedEmbed.Synthesis.Grounding;

/// <summary>Tells whether responses stand in one note.</summary>
/// <remarks>
/// A sentence that stands in the note, white space and case folded, counts whole. One that does not is cut at its elisions and aligned word by word (<see cref="WordAlignment"/>);
/// it counts by the share of its words that agree in order, and not at all where a number or a negation disagrees; numbers of list items are left out of account. Score = Σ length · share / Σ length over the sentences. Thread-safe.
/// </remarks>
public sealed partial class GroundingCheck
{
    private readonly string _note;
    private readonly Lazy<string[]> _words;
    private readonly GroundingOptions _options;

    /// <summary>Prepares <paramref name="note"/>.</summary>
    public GroundingCheck(string note, GroundingOptions? options = null)
    {
        _note = FoldedText.Of(note);
        _words = new Lazy<string[]>(() => WordAlignment.WordsOf(FoldedText.Of(ListNumber().Replace(note, ""))));
        _options = options ?? GroundingOptions.Default;
    }

    /// <summary>How <paramref name="response"/> stands in the note. A blank response stands nowhere.</summary>
    public GroundingResult Of(string response)
    {
        ArgumentNullException.ThrowIfNull(response);
        string? missing = null;
        double supported = 0;
        long length = 0;
        foreach (string sentence in ResponseSentences.Of(response))
        {
            string folded = FoldedText.Of(sentence);
            length += folded.Length;
            if (_note.Contains(folded, StringComparison.Ordinal))
            {
                supported += folded.Length;
                continue;
            }

            missing ??= sentence;
            supported += folded.Length * ShareOf(folded);
        }

        if (length == 0)
            return new GroundingResult(GroundingKind.Absent, 0, null);
        double score = supported / length;
        GroundingKind kind = missing is null ? GroundingKind.Verbatim : _options.MinScore < 1 && score >= _options.MinScore ? GroundingKind.Aligned : GroundingKind.Absent;
        return new GroundingResult(kind, score, missing);
    }

    private double ShareOf(string sentence)
    {
        double agreeing = 0;
        int words = 0;
        foreach (string fragment in ResponseSentences.Fragments(sentence))
        {
            string[] given = WordAlignment.WordsOf(fragment);
            words += given.Length;
            double share = _note.Contains(fragment, StringComparison.Ordinal) ? 1 : WordAlignment.Share(given, _words.Value);
            if (share == 0)
                return 0;
            agreeing += given.Length * share;
        }

        return words == 0 ? 0 : agreeing / words;
    }

    // A heading taken together with the first item of its list leaves the item's number out; that number means nothing.
    [GeneratedRegex(@"^[ \t]*\d{1,2}[.)](?=\s)", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex ListNumber();
}
