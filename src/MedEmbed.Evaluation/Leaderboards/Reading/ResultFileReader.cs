namespace MedEmbed.Evaluation.Leaderboards.Reading;

/// <summary>Reads one task's result file, ours or MTEB's.</summary>
internal static class ResultFileReader
{
    /// <summary>Whether the object is a task's results at all, rather than some other JSON file of the folder.</summary>
    public static bool IsResult(ResultField root) => root.Optional("task_name") is not null && root.Optional("scores") is not null;

    /// <summary>The results of every split and subset of the file.</summary>
    public static IReadOnlyList<TaskResult> Read(ResultField root)
    {
        string task = root.Required("task_name").Text();
        ResultField? ours = root.Optional("medembed");
        var shared = new TaskResult
        {
            Task = default,
            File = root.File,
            Scores = new Dictionary<string, double>(),
            Prompts = ours?.Optional("prompts") is { } prompts
                ? PromptUse.Of(prompts.Optional("query")?.Text(), prompts.Optional("document")?.Text())
                : PromptUse.Unknown,
            Note = ours?.Optional("task_note")?.Text() is { Length: > 0 } note ? note : null,
            DataHash = ours?.Optional("data_hash")?.Text(),
            PerQuery = ours?.Optional("per_query") is { } perQuery ? PerQuery(perQuery) : null,
            DocumentsPerSecond = root.Optional("run")?.Optional("documents_per_second")?.Number(),
            Hardware = root.Optional("run")?.Optional("hardware") is { } hardware ? MachineName(hardware) : null,
        };
        TaskResult[] results =
        [
            .. from split in root.Required("scores").Properties()
               from subset in split.Field.Items()
               select shared with
               {
                   Task = new TaskKey(task, split.Name, subset.Optional("hf_subset")?.Text() ?? "default"),
                   Scores = Scores(subset),
               },
        ];
        return results switch
        {
            [] => throw root.Fault("field \"scores\" is empty; it must hold the scores of at least one split. Run the evaluation again."),
            [_] => results,

            // Which query belongs to which split is not told, so that no test may pair them.
            _ => [.. results.Select(static result => result with { PerQuery = null })],
        };
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
