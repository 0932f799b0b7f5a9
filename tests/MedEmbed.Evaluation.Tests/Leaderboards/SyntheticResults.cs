using System.Globalization;
using System.Text.Json.Nodes;

namespace MedEmbed.Evaluation.Tests.Leaderboards;

/// <summary>Result files with known scores, in the form that MTEB and <c>evaluate</c> write.</summary>
internal sealed class SyntheticResults : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    /// <summary>The folder that holds <c>results/</c>.</summary>
    public string Path => _folder.Path;

    public string Results => _folder.File("results");

    public string Output => _folder.File("comparison");

    /// <summary>Writes a result of ours, with per-query nDCG@10 where <paramref name="perQuery"/> is given.</summary>
    public string Write(
        string model, string task, JsonObject scores, string? queryPrompt = null, string? note = null, double[]? perQuery = null, string dataHash = "d", string revision = "abcdef123456")
    {
        JsonObject queries = [];
        for (int query = 0; query < (perQuery?.Length ?? 0); query++)
            queries[string.Create(CultureInfo.InvariantCulture, $"q{query}")] = new JsonObject { ["ndcg_at_10"] = perQuery![query] };
        var identity = new JsonObject
        {
            ["split"] = "test",
            ["task_note"] = note,
            ["prompts"] = new JsonObject { ["query"] = queryPrompt, ["document"] = null },
            ["data_hash"] = dataHash,
            ["counts"] = new JsonObject { ["distinct_document_texts"] = 90 },
            ["per_query"] = perQuery is null ? null : queries,
        };
        var run = new JsonObject { ["encoded_texts"] = 100, ["encoding_seconds"] = 4.0, ["hardware"] = new JsonObject { ["cores"] = 2 } };
        return WriteFile($"{model}/{revision}/{task}.json", Root(task, scores, identity, run).ToJsonString());
    }

    /// <summary>Writes a result as MTEB does, which knows nothing of prompts or queries.</summary>
    public string WriteMteb(string folder, string task, JsonObject scores) => WriteFile($"{folder}/{task}.json", Root(task, scores, null, null).ToJsonString());

    public string WriteMeta(string model, string json, string revision = "abcdef123456") => WriteFile($"{model}/{revision}/model_meta.json", json);

    /// <summary>Writes any file below the folder of results.</summary>
    public string WriteFile(string path, string text)
    {
        string file = System.IO.Path.Combine(Results, path);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
        return file;
    }

    public string WritePublished(string text)
    {
        string file = _folder.File("published.json");
        File.WriteAllText(file, text);
        return file;
    }

    public void Dispose() => _folder.Dispose();

    private static JsonObject Root(string task, JsonObject scores, JsonObject? identity, JsonObject? run)
    {
        scores["hf_subset"] = "default";
        scores["languages"] = new JsonArray("eng-Latn");
        var root = new JsonObject { ["dataset_revision"] = "r", ["task_name"] = task, ["scores"] = new JsonObject { ["test"] = new JsonArray(scores) } };
        if (identity is not null)
            root["medembed"] = identity;
        if (run is not null)
            root["run"] = run;
        return root;
    }
}
