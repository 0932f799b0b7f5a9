using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace MedEmbed.Synthesis.Grounding;

/// <summary>Fits a sentence's words into a note's: the best alignment of the whole sentence with any stretch of the note (semi-global, as Needleman and Wunsch with free ends in the note).</summary>
/// <remarks>A pair of equal words gains 1; a word of the sentence without partner costs 1, a word of the note passed over inside the stretch 0.5. Numbers and negations must agree on both sides.</remarks>
internal static partial class WordAlignment
{
    private const float Unmatched = -1;
    private const float PassedOver = -0.5f;

    private static readonly FrozenSet<string> Negations = new[]
    {
        "no", "not", "nor", "none", "never", "without", "denies", "denied", "deny", "negative", "absent", "cannot", "isn't", "wasn't", "don't", "doesn't", "didn't", "unable", "unlikely",
    }.ToFrozenSet(StringComparer.Ordinal);

    private enum Step : byte
    {
        Start,
        Match,
        SkipSentence,
        SkipNote,
    }

    /// <summary>Words and numbers (decimals whole) of folded text.</summary>
    public static string[] WordsOf(string folded) => [.. Word().Matches(folded).Select(static match => match.Value)];

    /// <summary>Share of <paramref name="sentence"/>'s words that agree with <paramref name="note"/>'s in the best stretch, 0 to 1; 0 where a number or negation has no partner.</summary>
    public static double Share(string[] sentence, string[] note)
    {
        if (sentence.Length == 0 || note.Length == 0)
            return 0;
        int columns = note.Length + 1;
        var steps = new Step[(sentence.Length + 1) * columns];
        float[] above = new float[columns];
        float[] row = new float[columns];
        for (int i = 1; i <= sentence.Length; i++)
        {
            row[0] = i * Unmatched;
            steps[i * columns] = Step.SkipSentence;
            for (int j = 1; j < columns; j++)
            {
                float best = above[j] + Unmatched;
                Step step = Step.SkipSentence;
                if (row[j - 1] + PassedOver is var passed && passed > best)
                    (best, step) = (passed, Step.SkipNote);
                if (sentence[i - 1] == note[j - 1] && above[j - 1] + 1 is var matched && matched >= best)
                    (best, step) = (matched, Step.Match);
                row[j] = best;
                steps[i * columns + j] = step;
            }

            (above, row) = (row, above);
        }

        return Trace(sentence, note, steps, columns, Array.IndexOf(above, above.Max()));
    }

    private static double Trace(string[] sentence, string[] note, Step[] steps, int columns, int column)
    {
        int matches = 0;
        for (int i = sentence.Length; i > 0;)
        {
            switch (steps[i * columns + column])
            {
                case Step.Match:
                    (matches, i, column) = (matches + 1, i - 1, column - 1);
                    break;
                case Step.SkipNote when IsDecisive(note[column - 1]):
                    return 0;
                case Step.SkipNote:
                    column--;
                    break;
                default:
                    if (IsDecisive(sentence[i - 1]))
                        return 0;
                    i--;
                    break;
            }
        }

        return (double)matches / sentence.Length;
    }

    private static bool IsDecisive(string word) => char.IsDigit(word[0]) || Negations.Contains(word);

    [GeneratedRegex(@"\d+(?:[.,/]\d+)*|[\p{L}\p{M}]+(?:['’][\p{L}]+)?", RegexOptions.CultureInvariant)]
    private static partial Regex Word();
}
