using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using MedEmbed.Data.Outputs;

namespace MedEmbed.Evaluation.Results;

/// <summary>A task's result file: MTEB's form, and beside it the objects <c>medembed</c> (what identifies the scores) and <c>run</c> (what differs from run to run).</summary>
/// <remarks>
/// The file holds one or more splits. <c>medembed</c> and <c>run</c> speak of the split <c>test</c>, or of the first by name where there is no such;
/// the others' stand in <c>other_splits</c> within them.
/// </remarks>
internal sealed class ResultFile
{
    public const string PerQuery = "per_query";

    /// <summary>The version of MTEB whose form and numbers these are.</summary>
    private const string MtebVersion = "2.26";
    private const string OtherSplits = "other_splits";
    private static readonly JsonWriterOptions Indented = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly SortedDictionary<string, SplitResult> _splits = new(Comparer<string>.Create(CompareSplits));

    /// <summary>The splits there are.</summary>
    public IReadOnlyDictionary<string, SplitResult> Splits => _splits;

    /// <summary>Reads the file at <paramref name="path"/>; where there is none, no split is there.</summary>
    /// <param name="path">The file.</param>
    /// <param name="ignoreForeign">Whether a file that is no result of this toolkit counts as none.</param>
    /// <exception cref="EvaluationException">The file is no result of this toolkit.</exception>
    public static ResultFile Read(string path, bool ignoreForeign = false)
    {
        var file = new ResultFile();
        if (!File.Exists(path))
            return file;
        try
        {
            JsonObject root = JsonNode.Parse(File.ReadAllBytes(path))!.AsObject();
            JsonObject identity = root["medembed"]!.AsObject(), run = root["run"]!.AsObject();
            foreach ((string split, JsonNode? scores) in root["scores"]!.AsObject())
            {
                bool first = (string?)identity["split"] == split;
                file._splits[split] = new SplitResult(
                    scores![0]!.DeepClone().AsObject(),
                    Copy(first ? identity : identity[OtherSplits]![split]!.AsObject()),
                    Copy(first ? run : run[OtherSplits]![split]!.AsObject()));
            }

            return file;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or NullReferenceException or ArgumentOutOfRangeException)
        {
            if (ignoreForeign)
                return new ResultFile();
            throw new EvaluationException($"{path}: is no result file of this toolkit, so it can neither be kept nor added to. Move it away, or pass --overwrite.", error);
        }
    }

    /// <summary>Adds or replaces a split.</summary>
    public void Set(string split, SplitResult result) => _splits[split] = result;

    /// <summary>Writes the file whole or not at all.</summary>
    public void Write(string path, string taskName, string datasetRevision)
    {
        JsonObject scores = [];
        foreach ((string split, SplitResult result) in _splits)
            scores[split] = new JsonArray(result.Scores.DeepClone());
        var root = new JsonObject
        {
            ["dataset_revision"] = datasetRevision,
            ["task_name"] = taskName,
            ["mteb_version"] = MtebVersion,
            ["medembed_version"] = Machine.ToolkitVersion,
            ["scores"] = scores,
            ["evaluation_time"] = null,
            ["medembed"] = Joined(result => result.Identity),
            ["run"] = Joined(result => result.Run),
        };
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        AtomicFile.Write(path, stream => WriteIndented(stream, root), overwrite: true);
    }

    /// <summary>Writes a small object, indented.</summary>
    public static void WriteIndented(Stream stream, JsonObject root)
    {
        using (var json = new Utf8JsonWriter(stream, Indented))
            WriteNode(json, root);
        stream.WriteByte((byte)'\n');
    }

    private JsonObject Joined(Func<SplitResult, JsonObject> part)
    {
        JsonObject joined = part(_splits.First().Value).DeepClone().AsObject();
        if (_splits.Count > 1)
            joined[OtherSplits] = new JsonObject(_splits.Skip(1).Select(split => KeyValuePair.Create(split.Key, (JsonNode?)part(split.Value).DeepClone())));
        return joined;
    }

    private static JsonObject Copy(JsonObject source)
    {
        JsonObject copy = source.DeepClone().AsObject();
        copy.Remove(OtherSplits);
        return copy;
    }

    /// <summary>As usual, but a query's scores on one line: thousands of queries would make the file mostly white space.</summary>
    private static void WriteNode(Utf8JsonWriter json, JsonObject node)
    {
        json.WriteStartObject();
        foreach ((string key, JsonNode? value) in node)
        {
            json.WritePropertyName(key);
            if (key == PerQuery && value is JsonObject queries)
                WriteQueries(json, queries);
            else if (value is JsonObject inner)
                WriteNode(json, inner);
            else if (value is null)
                json.WriteNullValue();
            else
                value.WriteTo(json);
        }

        json.WriteEndObject();
    }

    private static void WriteQueries(Utf8JsonWriter json, JsonObject queries)
    {
        json.WriteStartObject();
        foreach ((string query, JsonNode? scores) in queries)
        {
            json.WritePropertyName(query);
            json.WriteRawValue(scores!.ToJsonString());
        }

        json.WriteEndObject();
    }

    private static int CompareSplits(string? left, string? right) =>
        left == right ? 0 : left == Tasks.Benchmark.TestSplit ? -1 : right == Tasks.Benchmark.TestSplit ? 1 : string.CompareOrdinal(left, right);
}
