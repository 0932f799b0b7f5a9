using System.Text;

namespace MedEmbed.Synthesis.Grounding;

/// <summary>White space and case folded: runs of white space are one space, letters are lower case by the invariant culture.</summary>
public static class FoldedText
{
    /// <summary>The folded form of <paramref name="text"/>, without white space at either end.</summary>
    public static string Of(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var folded = new StringBuilder(text.Length);
        bool space = false;
        foreach (char c in text)
        {
            if (char.IsWhiteSpace(c))
            {
                space = folded.Length > 0;
                continue;
            }

            if (space)
                folded.Append(' ');
            space = false;
            folded.Append(char.ToLowerInvariant(c));
        }

        return folded.ToString();
    }
}
