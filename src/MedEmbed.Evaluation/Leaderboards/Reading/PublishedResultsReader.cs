namespace MedEmbed.Evaluation.Leaderboards.Reading;

/// <summary>Reads published scores of other models: <c>note</c> and <c>results</c> with <c>model</c>, <c>source</c>, <c>ndcg_at_10</c> by task, and optionally <c>prompts</c>, <c>kind</c>, <c>parameters_millions</c>, <c>training_datasets</c>.</summary>
internal static class PublishedResultsReader
{
    private const string Metric = "ndcg_at_10";

    /// <param name="file">The file.</param>
    /// <param name="measured">Tasks that were measured; a published score belongs to the one of its name, whatever the subset is called.</param>
    /// <returns>The published systems that have a score on one of these tasks at least.</returns>
    public static IReadOnlyList<SystemResults> Read(string file, IReadOnlyCollection<TaskKey> measured)
    {
        ResultField root = ResultField.ReadFile(file);
        string read = root.Optional("note")?.Text() ?? "";
        return [.. root.Required("results").Items().Select(result => Read(result, read, measured)).Where(static system => system.Results.Count > 0)];
    }

    private static SystemResults Read(ResultField result, string read, IReadOnlyCollection<TaskKey> measured)
    {
        PromptUse prompts = result.Optional("prompts")?.Text() is { Length: > 0 } description ? new PromptUse(description) : PromptUse.Unknown;
        var results = new Dictionary<TaskKey, TaskScores>();
        foreach ((string task, ResultField score) in result.Required(Metric).Properties())
        {
            if (KeyOf(task, measured) is not { } key)
                continue;
            results[key] = new TaskScores
            {
                Task = key,
                File = result.File,
                Scores = new Dictionary<string, double> { [Metric] = score.Number() },
                Prompts = prompts,
            };
        }

        return new SystemResults
        {
            Name = result.Required("model").Text(),
            Published = new PublishedSource(result.Required("source").Text(), read),
            Model = new ModelDescription
            {
                Parameters = result.Optional("parameters_millions")?.Number() * 1e6,
                Kind = result.Optional("kind")?.Text(),
                TrainingDatasets = result.Optional("training_datasets") is { } datasets ? ModelDescriptionReader.Names(datasets) : [],
            },
            Results = results,
        };
    }

    private static TaskKey? KeyOf(string task, IReadOnlyCollection<TaskKey> measured)
    {
        TaskKey[] same = [.. measured.Where(key => key.Name == task && key.Split == TaskKey.TestSplit).Order()];
        return same switch
        {
            [] => null,
            [var only] => only,
            _ => same.FirstOrDefault(static key => key.Subset is "default" or "english", same[0]),
        };
    }
}
