using System.Globalization;
using System.Text.Json.Nodes;
using MedEmbed.Evaluation.Metrics;
using MedEmbed.Evaluation.Systems;
using MedEmbed.Evaluation.Tasks;

namespace MedEmbed.Evaluation.Results;

/// <summary>The JSON of one split's result: MTEB's scores, what identifies them, and the run they come from.</summary>
internal static class ResultJson
{
    /// <summary>The metric that ranks systems, as MTEB has it for retrieval.</summary>
    public const string MainScore = "ndcg_at_10";

    private const int PerQueryDecimals = 6;
    private static readonly string[] PerQueryMetrics = [MainScore, "map_at_10", "recall_at_100", "mrr_at_10"];

    public static JsonObject Scores(TaskResult result)
    {
        JsonObject scores = [];
        foreach ((string key, double value) in result.Scores.ToMteb())
            scores[key] = Number(value);
        scores["main_score"] = Number(result.Scores.ToMteb().First(score => score.Key == MainScore).Value);
        scores["hf_subset"] = result.Task.Benchmark?.Subset ?? "default";
        scores["languages"] = new JsonArray("eng-Latn");
        return scores;
    }

    public static JsonObject Identity(TaskResult result)
    {
        SystemDescription system = result.System;
        EvaluationCounts counts = result.Scores.Counts;
        RetrievalData data = result.Data;
        return new JsonObject
        {
            ["split"] = result.Split,
            ["task_note"] = result.Note,
            ["prompts"] = new JsonObject { ["query"] = system.QueryPrompt, ["document"] = system.DocumentPrompt },
            ["model_name"] = system.Model.Name,
            ["model_hash"] = system.Model.Hash,
            ["data_hash"] = data.Hash,
            ["settings_hash"] = system.SettingsHash,
            ["system"] = system.System,
            ["precision"] = system.Precision,
            ["max_length"] = system.MaxLength,
            ["similarity"] = system.Similarity,
            ["ignore_identical_ids"] = result.Task.IgnoreIdenticalIds,
            ["identical_ids_removed"] = counts.IdenticalIdsRemoved,
            ["counts"] = new JsonObject
            {
                ["documents"] = data.DocumentIds.Count,
                ["distinct_document_texts"] = data.Documents.Texts.Count,
                ["queries"] = counts.Evaluated,
                ["queries_without_relevant_documents"] = counts.WithoutRelevant,
                ["queries_without_hits"] = counts.WithoutHits,
                ["hits"] = counts.Hits,
                ["unjudged_hits"] = counts.UnjudgedHits,
                ["judgments"] = data.Qrels.Count,
                ["duplicate_judgments"] = data.Qrels.DuplicateJudgments,
                ["judged_documents_not_in_corpus"] = data.UnknownIds.DocumentIds.Count,
                ["judged_queries_without_text"] = data.UnknownIds.QueryIds.Count,
            },
            [ResultFile.PerQuery] = PerQuery(result.Scores),
        };
    }

    public static JsonObject Run(RunRecord run) => new()
    {
        ["started"] = run.Started.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
        ["seconds"] = Math.Round(run.Time.TotalSeconds, 3),
        ["encoded_texts"] = run.Encoding.Texts,
        ["encoded_tokens"] = run.Encoding.Tokens,
        ["truncated_texts"] = run.Encoding.Truncated,
        ["encoding_seconds"] = Math.Round(run.Encoding.Time.TotalSeconds, 3),
        ["hardware"] = new JsonObject
        {
            ["processor"] = run.Machine.Processor,
            ["cores"] = run.Machine.Cores,
            ["vector_bits"] = run.Machine.VectorBits,
            ["operating_system"] = run.Machine.OperatingSystem,
        },
        ["versions"] = new JsonObject(run.Machine.Versions.Select(version => KeyValuePair.Create(version.Key, (JsonNode?)version.Value))),
    };

    public static JsonObject Meta(SystemDescription system) => new()
    {
        ["name"] = system.ResultName,
        ["revision"] = system.Revision,
        ["model_name"] = system.Model.Name,
        ["parameters"] = system.Model.Parameters,
        ["embedding_dim"] = system.Model.EmbeddingDimensions,
        ["max_tokens"] = system.Model.MaxTokens,
        ["license"] = system.Model.Licence,
        ["training_datasets"] = system.Model.TrainingDatasets is { } names ? new JsonArray([.. names.Select(name => (JsonNode?)name)]) : null,
        ["similarity"] = system.Model.Similarity,
    };

    private static JsonObject PerQuery(RetrievalScores scores)
    {
        JsonObject queries = [];
        for (int row = 0; row < scores.Queries.Count; row++)
        {
            JsonObject query = [];
            foreach (string metric in PerQueryMetrics)
                query[metric] = Math.Round(scores.PerQuery(metric)[row], PerQueryDecimals);
            queries[scores.Queries[row]] = query;
        }

        return queries;
    }

    private static JsonValue? Number(double value) => double.IsNaN(value) ? null : JsonValue.Create(value);
}
