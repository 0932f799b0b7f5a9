using System.Globalization;
using System.Text.Json;
using MedEmbed.Evaluation.Tasks;
using MedEmbed.Tests.Hub;
using Parquet;
using Parquet.Schema;

namespace MedEmbed.Evaluation.Tests.Tasks.Downloads;

/// <summary>Small data sets in the forms in which the hub holds benchmarks.</summary>
internal static class HubBenchmarks
{
    private static readonly (string Id, string Title, string Text)[] Corpus = [("d1", "Asthma", "inhaler “é” 🙂"), ("d2", "", "fever and cough"), ("d3", "Wrist", "broken")];
    private static readonly (string Id, string Text)[] Queries = [("q1", "asthma inhaler"), ("q2", "fever"), ("unjudged", "wrist")];
    private static readonly (string Query, string Document, int Grade)[] Judgments = [("q1", "d1", 2), ("q2", "d2", 1), ("q2", "d3", 0)];

    /// <summary>A hub that holds the data set of <paramref name="benchmark"/> alone.</summary>
    public static LoopbackHub Serve(Benchmark benchmark, Dictionary<string, byte[]> files) => new()
    {
        Repository = benchmark.HubId,
        IsDataset = true,
        Commit = benchmark.Revision.Length == 40 ? benchmark.Revision : new string('b', 40),
        Files = files,
    };

    /// <summary>JSON lines, as NFCorpus, ArguAna and TREC-COVID have them; other paths make other data sets' form.</summary>
    public static Dictionary<string, byte[]> AsJsonLines(string qrels = "qrels/test.jsonl") => new()
    {
        [".gitattributes"] = "*.parquet filter=lfs"u8.ToArray(),
        ["README.md"] = "---\nlicense: cc-by-4.0\n---\n"u8.ToArray(),
        ["corpus.jsonl"] = Lines(Corpus, document => new() { ["_id"] = document.Id, ["title"] = document.Title, ["text"] = document.Text }),
        ["queries.jsonl"] = Lines(Queries, query => new() { ["_id"] = query.Id, ["text"] = query.Text }),
        [qrels] = Lines(Judgments, judgment => new() { ["query-id"] = judgment.Query, ["corpus-id"] = judgment.Document, ["score"] = (double)judgment.Grade }),
    };

    /// <summary>The same content as Parquet, the corpus in two parts.</summary>
    public static async Task<Dictionary<string, byte[]>> AsParquetAsync() => new()
    {
        ["corpus/test-00000-of-00002.parquet"] = await TableAsync(["_id", "title", "text"], [.. Corpus[..2].Select(document => (string[])[document.Id, document.Title, document.Text])]),
        ["corpus/test-00001-of-00002.parquet"] = await TableAsync(["_id", "title", "text"], [.. Corpus[2..].Select(document => (string[])[document.Id, document.Title, document.Text])]),
        ["queries/test-00000-of-00001.parquet"] = await TableAsync(["_id", "text"], [.. Queries.Select(query => (string[])[query.Id, query.Text])]),
        ["qrels/test-00000-of-00001.parquet"] = await TableAsync(
            ["query-id", "corpus-id", "score"], [.. Judgments.Select(judgment => (string[])[judgment.Query, judgment.Document, judgment.Grade.ToString(CultureInfo.InvariantCulture)])]),
    };

    /// <summary>Questions and answers as one CSV file a language.</summary>
    public static Dictionary<string, byte[]> AsTable(IEnumerable<(string Question, string Answer)> rows) => new()
    {
        ["data/arabic.csv"] = "question,answer\nx,y\n"u8.ToArray(),
        ["data/english.csv"] = System.Text.Encoding.UTF8.GetBytes("\uFEFFsource,question,answer\r\n" + string.Concat(rows.Select(row => $"CDC,{Field(row.Question)},{Field(row.Answer)}\r\n"))),
    };

    public static string Field(string text) => text.AsSpan().IndexOfAny(",\"\r\n") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static byte[] Lines<T>(IEnumerable<T> records, Func<T, Dictionary<string, object>> fields) =>
        System.Text.Encoding.UTF8.GetBytes(string.Concat(records.Select(record => JsonSerializer.Serialize(fields(record)) + "\n")));

    private static async Task<byte[]> TableAsync(string[] columns, string[][] rows)
    {
        ParquetSchema schema = new([.. columns.Select(column => new DataField<string>(column))]);
        using MemoryStream file = new();
        await using (ParquetWriter writer = await ParquetWriter.CreateAsync(schema, file))
        {
            using ParquetRowGroupWriter group = writer.CreateRowGroup();
            foreach ((int column, DataField field) in schema.DataFields.Index())
                await group.WriteAsync(field, (string[])[.. rows.Select(row => row[column])]);
        }

        return file.ToArray();
    }
}
