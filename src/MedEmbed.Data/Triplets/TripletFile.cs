using System.Globalization;
using MedEmbed.Data.Reading;
using MedEmbed.Data.Records;

namespace MedEmbed.Data.Triplets;

/// <summary>Files of triplets in FlagEmbedding's form: <c>{"query","pos":[…],"neg":[…]}</c> a line of JSONL, optional <c>pos_scores</c> and <c>neg_scores</c>, or Parquet with these columns.</summary>
/// <remarks>Only <c>query</c> and <c>pos</c> must be there; <c>query_id</c>, <c>query_type</c>, <c>group</c>, <c>source</c>, <c>prompt</c> and <c>type</c> are kept where they are.</remarks>
public static class TripletFile
{
    private static readonly RecordSchema<Triplet> Schema = new()
    {
        Fields =
        [
            new("query_id", RecordFieldKind.Id, triplet => triplet.QueryId),
            new("query", RecordFieldKind.Text, triplet => triplet.Query),
            new("query_type", RecordFieldKind.Text, triplet => triplet.QueryType),
            new("pos", RecordFieldKind.Texts, triplet => triplet.Positives),
            new("neg", RecordFieldKind.Texts, triplet => triplet.Negatives),
            new("pos_scores", RecordFieldKind.Numbers, triplet => triplet.PositiveScores),
            new("neg_scores", RecordFieldKind.Numbers, triplet => triplet.NegativeScores),
            new("group", RecordFieldKind.Id, triplet => triplet.Group),
            new("source", RecordFieldKind.Text, triplet => triplet.Source),
            new("prompt", RecordFieldKind.Text, triplet => triplet.Prompt),
            new("type", RecordFieldKind.Text, triplet => triplet.Type),
        ],
        Build = Build,
        FindFault = FindFault,
    };

    /// <summary>A reader of the triplets at <paramref name="path"/>; nothing is opened yet.</summary>
    public static RecordReader<Triplet> Read(string path, ReadOptions? options = null) => new(path, Schema, options);

    /// <summary>Opens an output (<c>.jsonl</c>, <c>.parquet</c>, or <c>-</c>), continuing an unfinished one of the same fingerprint.</summary>
    /// <exception cref="Outputs.OutputExistsException">A finished output is there, and is not to be overwritten.</exception>
    /// <exception cref="DataFormatException">The extension is another, or Parquet is asked for on a pipe or device.</exception>
    /// <exception cref="IOException">The path cannot be written, or another process writes the same output.</exception>
    public static RecordWriter<Triplet> OpenWriter(string path, RecordWriterOptions? options = null) => RecordWriter<Triplet>.Open(path, Schema, options);

    private static Triplet Build(RecordValues values, long number) =>
        new(
            values.RequireText("query", "every triplet needs a query"),
            values.RequireTexts("pos", "every triplet needs at least one positive"),
            values.Texts("neg") ?? [])
        {
            PositiveScores = values.Numbers("pos_scores"),
            NegativeScores = values.Numbers("neg_scores"),
            QueryId = values.Text("query_id"),
            QueryType = values.Text("query_type"),
            Group = values.Text("group"),
            Source = values.Text("source"),
            Prompt = values.Text("prompt"),
            Type = values.Text("type"),
        };

    private static string? FindFault(Triplet triplet) =>
        string.IsNullOrWhiteSpace(triplet.Query) ? "field \"query\" is empty; every triplet needs a query."
        : triplet.Positives.Count == 0 ? "field \"pos\" is empty; every triplet needs at least one positive."
        : FindEmpty("pos", triplet.Positives) ?? FindEmpty("neg", triplet.Negatives)
        ?? FindUnfit("pos", triplet.PositiveScores, triplet.Positives.Count) ?? FindUnfit("neg", triplet.NegativeScores, triplet.Negatives.Count)
        ?? (triplet.QueryId is "" ? "field \"query_id\" is empty; give an id, or leave the field out."
        : triplet.Group is "" ? "field \"group\" is empty; give an id, or leave the field out."
        : null);

    private static string? FindEmpty(string field, IReadOnlyList<string> passages)
    {
        for (int i = 0; i < passages.Count; i++)
        {
            if (string.IsNullOrWhiteSpace(passages[i]))
                return string.Create(CultureInfo.InvariantCulture, $"field \"{field}[{i}]\" is empty; every passage needs a text.");
        }

        return null;
    }

    private static string? FindUnfit(string field, IReadOnlyList<float>? scores, int passages)
    {
        if (scores is null)
            return null;
        if (scores.Count != passages)
            return string.Create(CultureInfo.InvariantCulture, $"field \"{field}_scores\" has {scores.Count} numbers for {passages} passages of \"{field}\"; every passage needs one, or the field is left out.");
        return scores.All(float.IsFinite) ? null : $"field \"{field}_scores\" holds a number that is not finite; scores must be finite.";
    }
}
