using System.Text;

namespace MedEmbed.Evaluation.Leaderboards.Reports;

/// <summary>Text that LaTeX sets as it is.</summary>
internal static class LatexText
{
    public static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length + 16);
        foreach (char letter in text)
        {
            _ = letter switch
            {
                '&' or '%' or '$' or '#' or '_' or '{' or '}' => escaped.Append('\\').Append(letter),
                '\\' => escaped.Append("\\textbackslash{}"),
                '~' => escaped.Append("\\textasciitilde{}"),
                '^' => escaped.Append("\\textasciicircum{}"),
                '<' => escaped.Append("\\textless{}"),
                '>' => escaped.Append("\\textgreater{}"),
                '"' => escaped.Append("\\textquotedbl{}"),
                '“' => escaped.Append("``"),
                '”' => escaped.Append("''"),
                '–' => escaped.Append("--"),
                '…' => escaped.Append("\\ldots{}"),
                '−' => escaped.Append("$-$"),
                '†' => escaped.Append("\\dag{}"),
                '[' or ']' => escaped.Append('{').Append(letter).Append('}'),
                '\n' or '\r' => escaped.Append(' '),
                _ => escaped.Append(letter),
            };
        }

        return escaped.ToString();
    }
}
