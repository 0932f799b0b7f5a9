using MedEmbed.Data.Reading;
using MedEmbed.Data.Records;
using MedEmbed.Data.Texts;

namespace MedEmbed.Data.Pairs;

/// <summary>Files of pairs: <c>{"query_id","query","query_type","positive","note_id","relevance","source"}</c> a line of JSONL, or Parquet with these columns.</summary>
/// <remarks>Only <c>query</c> and <c>positive</c> must be there. Ids may be numbers.</remarks>
public static class PairFile
{
    internal const string QueryField = "query";
    internal const string PositiveField = "positive";

    private static readonly RecordSchema<QueryPassagePair> Schema = new()
    {
        Fields =
        [
            new("query_id", RecordFieldKind.Id, pair => pair.QueryId),
            new(QueryField, RecordFieldKind.Text, pair => pair.Query),
            new("query_type", RecordFieldKind.Text, pair => pair.QueryType),
            new(PositiveField, RecordFieldKind.Text, pair => pair.Positive),
            new("note_id", RecordFieldKind.Id, pair => pair.NoteId),
            new("relevance", RecordFieldKind.Number, pair => pair.Relevance),
            new("source", RecordFieldKind.Text, pair => pair.Source),
        ],
        Build = Build,
        FindFault = FindFault,
    };

    /// <summary>A reader of the pairs at <paramref name="path"/>; nothing is opened yet.</summary>
    public static RecordReader<QueryPassagePair> Read(string path, ReadOptions? options = null) => new(path, Schema, options);

    /// <summary>Opens an output (<c>.jsonl</c>, <c>.parquet</c>, or <c>-</c>), continuing an unfinished one of the same fingerprint.</summary>
    /// <exception cref="Outputs.OutputExistsException">A finished output is there, and is not to be overwritten.</exception>
    /// <exception cref="DataFormatException">The extension is another, or Parquet is asked for on a pipe or device.</exception>
    /// <exception cref="IOException">The path cannot be written, or another process writes the same output.</exception>
    public static RecordWriter<QueryPassagePair> OpenWriter(string path, RecordWriterOptions? options = null) => RecordWriter<QueryPassagePair>.Open(path, Schema, options);

    private static QueryPassagePair Build(RecordValues values, long number) =>
        new(
            values.Text("query_id") ?? DocumentParser.NumberAsId(number),
            values.RequireText(QueryField, "every pair needs a query"),
            values.RequireText(PositiveField, "every pair needs the passage that answers its query"))
        {
            QueryType = values.Text("query_type"),
            NoteId = values.Text("note_id"),
            Relevance = values.Number("relevance"),
            Source = values.Text("source"),
        };

    private static string? FindFault(QueryPassagePair pair) =>
        string.IsNullOrEmpty(pair.QueryId) ? "field \"query_id\" is empty; give an id."
        : string.IsNullOrWhiteSpace(pair.Query) ? "field \"query\" is empty; every pair needs a query."
        : string.IsNullOrWhiteSpace(pair.Positive) ? "field \"positive\" is empty; every pair needs the passage that answers its query."
        : pair.NoteId is "" ? "field \"note_id\" is empty; give an id, or leave the field out."
        : pair.Relevance is { } relevance && !double.IsFinite(relevance) ? "field \"relevance\" is not finite; it must be a finite number."
        : null;
}
