using System.Text.Json;

namespace MedEmbed.Training.Tests.Losses;

/// <summary>The texts on which PyTorch's losses were taken: columns of queries, positives, first negatives, second negatives and so on.</summary>
internal sealed record GoldenBatch(string Model, IReadOnlyList<string[]> Columns, float[][] TeacherScores)
{
    public const string Folder = "golden/training";

    public static GoldenBatch Read()
    {
        using var json = JsonDocument.Parse(File.ReadAllText(SharedFiles.Require($"{Folder}/batch.json")));
        JsonElement root = json.RootElement;
        return new GoldenBatch(
            root.GetProperty("model").GetString()!,
            [Texts(root.GetProperty("queries")), Texts(root.GetProperty("positives")), .. root.GetProperty("negatives").EnumerateArray().Select(Texts)],
            [.. root.GetProperty("teacher_scores").EnumerateArray().Select(row => row.EnumerateArray().Select(score => score.GetSingle()).ToArray())]);
    }

    private static string[] Texts(JsonElement column) => [.. column.EnumerateArray().Select(text => text.GetString()!)];
}
