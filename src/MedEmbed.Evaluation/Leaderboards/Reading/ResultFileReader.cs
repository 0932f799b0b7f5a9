namespace MedEmbed.Evaluation.Leaderboards.Reading;

/// <summary>Reads one task's result file, ours or MTEB's.</summary>
internal static class ResultFileReader
{
    /// <summary>Whether the object is a task's results at all, rather than some other JSON file of the folder.</summary>
    public static bool IsResult(ResultField root) => root.Optional("task_name") is not null && root.Optional("scores") is not null;

    /// <summary>The results of every split and subset of the file.</summary>
    public static IReadOnlyList<TaskScores> Read(ResultField root)
    {
        string task = root.Required("task_name").Text();
        TaskScores[] results =
        [
            .. from split in root.Required("scores").Properties()
               let identity = OfSplit(root.Optional("medembed"), split.Name)
               let run = OfSplit(root.Optional("run"), split.Name)
               from subset in split.Field.Items()
               select new TaskScores
               {
                   Task = new TaskKey(task, split.Name, subset.Optional("hf_subset")?.Text() ?? "default"),
                   File = root.File,
                   Scores = Scores(subset),
                   Prompts = identity?.Optional("prompts") is { } prompts
                       ? PromptUse.Of(prompts.Optional("query")?.Text(), prompts.Optional("document")?.Text())
                       : PromptUse.Unknown,
                   Note = identity?.Optional("task_note")?.Text() is { Length: > 0 } note ? note : null,
                   DataHash = identity?.Optional("data_hash")?.Text(),
                   PerQuery = identity?.Optional("per_query") is { } perQuery ? PerQuery(perQuery) : null,
                   Speed = Speed(identity, run),
                   Hardware = run?.Optional("hardware") is { } hardware ? MachineName(hardware) : null,
               },
        ];
        return results.Length > 0
            ? results
            : throw root.Fault("field \"scores\" is empty; it must hold the scores of at least one split. Run the evaluation again.");
    }

    /// <summary>The objects beside the scores speak of one split; the others' stand within them.</summary>
    private static ResultField? OfSplit(ResultField? about, string split) =>
        about?.Optional("other_splits")?.Optional(split) ?? about;

    private static EmbeddingSpeed? Speed(ResultField? identity, ResultField? run)
    {
        double? texts = run?.Optional("encoded_texts")?.Number(), seconds = run?.Optional("encoding_seconds")?.Number();
        double? documents = identity?.Optional("counts")?.Optional("distinct_document_texts")?.Number();

        // A run that took the documents' vectors from the cache embedded short queries alone.
        return texts >= documents && seconds > 0 ? new EmbeddingSpeed(texts.Value, seconds.Value) : null;
    }

    private static Dictionary<string, double> Scores(ResultField subset)
    {
        var scores = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach ((string name, ResultField field) in subset.Properties())
        {
            if (field.NumberIfAny() is { } value)
                scores[name] = value;
        }

        return scores.Count > 0 ? scores : throw subset.Fault($"field \"{subset.Path}\" holds no score; it must hold MTEB's keys such as \"ndcg_at_10\". Run the evaluation again.");
    }

    private static Dictionary<string, IReadOnlyDictionary<string, double>> PerQuery(ResultField perQuery)
    {
        var queries = new Dictionary<string, IReadOnlyDictionary<string, double>>(StringComparer.Ordinal);
        foreach ((string query, ResultField metrics) in perQuery.Properties())
            queries[query] = Scores(metrics);
        return queries;
    }

    private static string MachineName(ResultField hardware) =>
        hardware.Value.ValueKind == System.Text.Json.JsonValueKind.String
            ? hardware.Text()
            : string.Join(", ", hardware.Properties().Select(static part => $"{part.Name} {part.Field.Value}"));
}
