using System.Text;
using System.Text.Json;
using MedEmbed.Evaluation.Tasks;

namespace MedEmbed.Evaluation.Tests.Tasks;

/// <summary>Writes small BEIR folders.</summary>
internal static class SyntheticBeir
{
    /// <summary>A task over a folder with this content; the qrels are of split <c>test</c>.</summary>
    public static RetrievalTask Write(
        TemporaryFolder parent, string name, IEnumerable<(string Id, string Text)> documents, IEnumerable<(string Id, string Text)> queries, IEnumerable<(string Query, string Document, int Grade)> judgments)
    {
        string folder = parent.File(name);
        Directory.CreateDirectory(Path.Combine(folder, "qrels"));
        File.WriteAllLines(Path.Combine(folder, "corpus.jsonl"), documents.Select(document => Line(document.Id, document.Text)));
        File.WriteAllLines(Path.Combine(folder, "queries.jsonl"), queries.Select(query => Line(query.Id, query.Text)));
        WriteQrels(folder, "test", judgments);
        return new RetrievalTask(name, folder, TaskForm.Beir);
    }

    /// <summary>Adds a split to a folder.</summary>
    public static void WriteQrels(string folder, string split, IEnumerable<(string Query, string Document, int Grade)> judgments) =>
        File.WriteAllText(
            Path.Combine(folder, "qrels", split + ".tsv"),
            judgments.Aggregate(new StringBuilder("query-id\tcorpus-id\tscore\n"), (text, judgment) => text.Append(null, $"{judgment.Query}\t{judgment.Document}\t{judgment.Grade}\n")).ToString());

    /// <summary>Three documents, two queries: each query's words are those of the document judged relevant for it.</summary>
    public static RetrievalTask WriteSmall(TemporaryFolder parent, string name = "small") => Write(
        parent,
        name,
        [("d1", "asthma inhaler"), ("d2", "fever and cough"), ("d3", "broken wrist")],
        [("q1", "asthma inhaler"), ("q2", "fever and cough"), ("unjudged", "broken wrist")],
        [("q1", "d1", 1), ("q2", "d2", 2), ("q2", "d3", 0)]);

    private static string Line(string id, string text) => JsonSerializer.Serialize(new Dictionary<string, string> { ["_id"] = id, ["text"] = text });
}
