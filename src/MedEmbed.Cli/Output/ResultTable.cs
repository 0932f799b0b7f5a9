using System.Globalization;
using MedEmbed.Evaluation.Results;

namespace MedEmbed.Cli.Output;

/// <summary>Writes results for people: a line a task, with the prompt and the note that belong to the numbers.</summary>
internal sealed class ResultTable(TextWriter output)
{
    private const int PromptCharacters = 60;
    private const string Gap = "  ";

    private static readonly (string Heading, Func<ResultSummary, double> Score)[] Scores =
    [
        ("ndcg@10", result => result.NdcgAt10),
        ("map@10", result => result.MapAt10),
        ("recall@100", result => result.RecallAt100),
        ("mrr@10", result => result.MrrAt10),
    ];

    public void Write(IReadOnlyList<ResultSummary> results)
    {
        string[] headings = ["task", "model", .. Scores.Select(score => score.Heading), "prompt", "note"];
        string[][] rows = [headings, .. results.Select(Cells)];
        int[] widths = [.. Enumerable.Range(0, headings.Length).Select(column => rows.Max(row => row[column].Length))];
        foreach (string[] row in rows)
            output.WriteLine(string.Join(Gap, row.Select((cell, column) => IsScore(column) ? cell.PadLeft(widths[column]) : cell.PadRight(widths[column]))).TrimEnd());
    }

    private static bool IsScore(int column) => column >= 2 && column < 2 + Scores.Length;

    private static string[] Cells(ResultSummary result) =>
    [
        result.Split == "test" ? result.Task : $"{result.Task} ({result.Split})",
        result.Model,
        .. Scores.Select(score => score.Score(result).ToString("F5", CultureInfo.InvariantCulture)),
        result.QueryPrompt.Length == 0 ? "none" : $"\"{Shorten(result.QueryPrompt)}\"",
        result.Note ?? "",
    ];

    private static string Shorten(string prompt) => prompt.Length > PromptCharacters ? prompt[..PromptCharacters] + "…" : prompt;
}
