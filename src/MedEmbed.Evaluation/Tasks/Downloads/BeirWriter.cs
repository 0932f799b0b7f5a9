using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using MedEmbed.Data.Judgments;
using MedEmbed.Data.Texts;

namespace MedEmbed.Evaluation.Tasks.Downloads;

/// <summary>Writes BEIR's layout: <c>corpus.jsonl</c>, <c>queries.jsonl</c>, <c>qrels/SPLIT.tsv</c>.</summary>
internal sealed class BeirWriter(string folder)
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private static readonly JsonWriterOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public Task WriteCorpusAsync(IAsyncEnumerable<Document> documents, CancellationToken cancellationToken) => WriteAsync("corpus.jsonl", documents, cancellationToken);

    public Task WriteQueriesAsync(IAsyncEnumerable<Document> queries, CancellationToken cancellationToken) => WriteAsync("queries.jsonl", queries, cancellationToken);

    public async Task WriteQrelsAsync(string split, IAsyncEnumerable<Judgment> judgments, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Path.Combine(folder, "qrels"));
        await using StreamWriter writer = new(Path.Combine(folder, "qrels", split + ".tsv"), append: false, Utf8) { NewLine = "\n" };
        await writer.WriteLineAsync("query-id\tcorpus-id\tscore").ConfigureAwait(false);
        await foreach (Judgment judgment in judgments.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            await writer.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{Column(judgment.QueryId)}\t{Column(judgment.DocumentId)}\t{judgment.Grade}"))
                .ConfigureAwait(false);
        }
    }

    private static string Column(string id) =>
        id.AsSpan().IndexOfAny('\t', '\r', '\n') < 0 ? id : throw new EvaluationException($"the id \"{id}\" holds a tab or the end of a line, which qrels in columns cannot carry.");

    private async Task WriteAsync(string name, IAsyncEnumerable<Document> documents, CancellationToken cancellationToken)
    {
        await using FileStream file = new(Path.Combine(folder, name), FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 1 << 16, useAsync: true);
        await using Utf8JsonWriter json = new(file, Relaxed);
        await foreach (Document document in documents.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            Write(json, document);
            await json.FlushAsync(cancellationToken).ConfigureAwait(false);
            file.WriteByte((byte)'\n');
            json.Reset();
        }
    }

    private static void Write(Utf8JsonWriter json, Document document)
    {
        json.WriteStartObject();
        json.WriteString("_id", document.Id);
        if (document.Title is not null)
            json.WriteString("title", document.Title);
        json.WriteString("text", document.Text);
        if (document.Metadata is { } metadata)
        {
            json.WritePropertyName("metadata");
            metadata.WriteTo(json);
        }

        json.WriteEndObject();
    }
}
