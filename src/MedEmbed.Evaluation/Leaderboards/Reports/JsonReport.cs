using System.Text.Encodings.Web;
using System.Text.Json;

namespace MedEmbed.Evaluation.Leaderboards.Reports;

/// <summary>The leaderboard as one JSON object, for other programs.</summary>
internal static class JsonReport
{
    public static void Write(Leaderboard leaderboard, Stream stream)
    {
        using var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        json.WriteStartObject();
        json.WriteString("format", "medembed-leaderboard-1");
        Strings(json, "metrics", leaderboard.Options.Metrics);
        Strings(json, "tasks", leaderboard.Tasks.Select(static task => task.Title));
        json.WriteStartObject("notes");
        foreach (LeaderboardNote note in leaderboard.Notes)
            json.WriteString(note.Mark, note.Text);
        json.WriteEndObject();
        json.WriteStartArray("systems");
        foreach (LeaderboardRow row in leaderboard.Rows)
            WriteRow(json, leaderboard, row);
        json.WriteEndArray();
        WriteHeadToHead(json, leaderboard.HeadToHead);
        WriteComparisons(json, leaderboard);
        json.WriteEndObject();
    }

    private static void WriteRow(Utf8JsonWriter json, Leaderboard leaderboard, LeaderboardRow row)
    {
        json.WriteStartObject();
        json.WriteString("name", row.Title);
        json.WriteString("revision", row.System.Revision);
        json.WriteBoolean("published", row.IsPublished);
        if (row.System.Published is { } source)
        {
            json.WriteString("source", source.Source);
            json.WriteString("source_note", source.Read);
        }

        Number(json, "parameters", row.System.Model.Parameters);
        Number(json, "embedding_dim", row.System.Model.Dimensions);
        Number(json, "max_tokens", row.System.Model.MaxTokens);
        Strings(json, "training_datasets", row.System.Model.TrainingDatasets);
        json.WriteStartObject("mean");
        foreach (string metric in leaderboard.Options.Metrics)
            Number(json, metric, row.Mean(metric));
        json.WriteEndObject();
        json.WriteStartObject("tasks");
        foreach ((LeaderboardTask task, LeaderboardCell? cell) in leaderboard.Tasks.Zip(row.Cells))
        {
            if (cell is not null)
                WriteCell(json, task, cell);
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteCell(Utf8JsonWriter json, LeaderboardTask task, LeaderboardCell cell)
    {
        json.WriteStartObject(task.Title);
        json.WriteString("prompts", cell.Result.Prompts.Label);
        json.WriteString("note", cell.Note?.Text);
        json.WriteBoolean("contaminated", cell.Contaminated);
        json.WriteString("data_hash", cell.Result.DataHash);
        Number(json, "texts_per_second", cell.Result.Speed?.TextsPerSecond);
        json.WriteString("hardware", cell.Result.Hardware);
        json.WriteStartObject("scores");
        foreach ((string metric, double score) in cell.Result.Scores.Where(static score => HeadToHeadMatrix.Counts(score.Key)).OrderBy(static score => score.Key, StringComparer.Ordinal))
            json.WriteNumber(metric, score);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteHeadToHead(Utf8JsonWriter json, HeadToHeadMatrix matrix)
    {
        json.WriteStartArray("head_to_head");
        for (int first = 0; first < matrix.Rows.Count; first++)
        {
            for (int second = 0; second < matrix.Rows.Count; second++)
            {
                if (matrix[first, second].Compared == 0)
                    continue;
                json.WriteStartObject();
                json.WriteString("first", matrix.Rows[first].Title);
                json.WriteString("second", matrix.Rows[second].Title);
                json.WriteNumber("wins", matrix[first, second].Wins);
                json.WriteNumber("ties", matrix[first, second].Ties);
                json.WriteNumber("losses", matrix[first, second].Losses);
                json.WriteEndObject();
            }
        }

        json.WriteEndArray();
    }

    private static void WriteComparisons(Utf8JsonWriter json, Leaderboard leaderboard)
    {
        json.WriteStartObject("significance");
        json.WriteString("metric", leaderboard.Options.MainMetric);
        json.WriteString("correction", ScoreText.Correction(leaderboard.Options.Correction));
        json.WriteNumber("level", leaderboard.Options.SignificanceLevel);
        json.WriteNumber("seed", leaderboard.Options.Significance.Seed);
        json.WriteStartArray("comparisons");
        foreach (TaskComparison comparison in leaderboard.Comparisons)
        {
            var paired = comparison.Paired;
            json.WriteStartObject();
            json.WriteString("task", comparison.Task.Title);
            json.WriteString("first", comparison.First.Title);
            json.WriteString("second", comparison.Second.Title);
            json.WriteNumber("queries", paired.Queries);
            json.WriteNumber("only_first", paired.OnlyFirst);
            json.WriteNumber("only_second", paired.OnlySecond);
            json.WriteNumber("difference", paired.MeanDifference);
            json.WriteNumber("lower", paired.Interval.Lower);
            json.WriteNumber("upper", paired.Interval.Upper);
            json.WriteNumber("p", paired.Randomization.PValue);
            json.WriteBoolean("exact", paired.Randomization.Exact);
            json.WriteNumber("corrected_p", comparison.CorrectedPValue);
            json.WriteBoolean("significant", comparison.IsSignificant);
            json.WriteNumber("wins", paired.PerQuery.Wins);
            json.WriteNumber("ties", paired.PerQuery.Ties);
            json.WriteNumber("losses", paired.PerQuery.Losses);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Strings(Utf8JsonWriter json, string name, IEnumerable<string> values)
    {
        json.WriteStartArray(name);
        foreach (string value in values)
            json.WriteStringValue(value);
        json.WriteEndArray();
    }

    private static void Number(Utf8JsonWriter json, string name, double? value)
    {
        if (value is { } number)
            json.WriteNumber(name, number);
        else
            json.WriteNull(name);
    }
}
