using System.Text;

namespace MedEmbed.Training.Output;

/// <summary>Text that stays text in Markdown.</summary>
internal static class MarkdownText
{
    /// <summary>On one line, and no mark-up begins in it.</summary>
    public static string Plain(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (char letter in text)
        {
            if (char.IsControl(letter))
                plain.Append(' ');
            else if (letter is '|' or '<' or '`' or '*' or '[' or '\\')
                plain.Append('\\').Append(letter);
            else
                plain.Append(letter);
        }

        return plain.ToString();
    }

    /// <summary>A section with a table; nothing where the table has no rows.</summary>
    public static void AppendTable(StringBuilder text, CardTable table)
    {
        if (table.Rows.Count == 0)
            return;
        text.Append("\n## ").Append(Plain(table.Heading)).Append("\n\n");
        AppendRow(text, table.Columns);
        text.Append('|').Insert(text.Length, "---|", table.Columns.Count).Append('\n');
        foreach (IReadOnlyList<string> row in table.Rows)
            AppendRow(text, row);
    }

    private static void AppendRow(StringBuilder text, IReadOnlyList<string> cells) =>
        text.Append("| ").AppendJoin(" | ", cells.Select(Plain)).Append(" |\n");
}
