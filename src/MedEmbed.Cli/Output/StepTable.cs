namespace MedEmbed.Cli.Output;

/// <summary>Writes steps of a pipeline for people, a line a step, columns aligned.</summary>
internal sealed class StepTable(TextWriter output)
{
    private const string Gap = "  ";

    public void Write(params IReadOnlyList<IReadOnlyList<string>> rows)
    {
        int[] widths = [.. Enumerable.Range(0, rows[0].Count).Select(column => rows.Max(row => row[column].Length))];
        foreach (IReadOnlyList<string> row in rows)
            output.WriteLine(string.Join(Gap, row.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd());
    }
}
