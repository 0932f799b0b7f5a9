using System.Runtime.CompilerServices;
using System.Text.Json;
using MedEmbed.Data;
using MedEmbed.Data.Judgments;

namespace MedEmbed.Evaluation.Tasks.Downloads;

/// <summary>Judgments as MTEB's data sets have them: files of JSON lines with <c>query-id</c>, <c>corpus-id</c>, <c>score</c>, or forms that <see cref="QrelsFile"/> reads.</summary>
internal static class JudgmentLines
{
    /// <summary>The judgments of one file, in its order.</summary>
    /// <exception cref="DataFormatException">A line lacks a field or breaks a rule.</exception>
    public static async IAsyncEnumerable<Judgment> ReadAsync(string path, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (!path.EndsWith(".jsonl", StringComparison.Ordinal))
        {
            foreach (Judgment judgment in (await QrelsFile.ReadAsync(path, cancellationToken: cancellationToken).ConfigureAwait(false)).Enumerate())
                yield return judgment;
            yield break;
        }

        long number = 0;
        await foreach (string line in File.ReadLinesAsync(path, cancellationToken).ConfigureAwait(false))
        {
            number++;
            if (!string.IsNullOrWhiteSpace(line))
                yield return Parse(path, number, line);
        }
    }

    private static Judgment Parse(string path, long number, string line)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(line);
            return new Judgment(Id(document.RootElement, "query-id"), Id(document.RootElement, "corpus-id"), Grade(document.RootElement));
        }
        catch (Exception fault) when (fault is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new DataFormatException(path, number, $"is no judgment ({fault.Message}); a line is {{\"query-id\": …, \"corpus-id\": …, \"score\": whole number}}.", fault);
        }
    }

    private static string Id(JsonElement judgment, string field) =>
        judgment.GetProperty(field) is var id && id.ValueKind == JsonValueKind.Number ? id.GetRawText() : id.GetString() ?? throw new FormatException($"\"{field}\" is null");

    // The data sets declare scores as floating point: 1.0.
    private static int Grade(JsonElement judgment) =>
        judgment.GetProperty("score").GetDouble() is var score && score == Math.Truncate(score) && Math.Abs(score) <= int.MaxValue
            ? (int)score
            : throw new FormatException("\"score\" is no whole number");
}
