using System.Text.Json;
using System.Text.Json.Nodes;

namespace MedEmbed.Synthesis.Prompts;

/// <summary>The JSON schema of an answer, for endpoints that constrain what the model writes.</summary>
internal static class AnswerSchema
{
    public const string Name = "qa_pairs";

    /// <summary>The schema whose query types are those of <paramref name="mix"/>.</summary>
    public static JsonElement Of(QueryMix mix)
    {
        var pair = new JsonObject
        {
            ["type"] = "object",
            ["properties"] = new JsonObject
            {
                ["query"] = TypeOf("string"),
                ["query_type"] = new JsonObject { ["type"] = "string", ["enum"] = new JsonArray([.. mix.Counts.Select(static entry => (JsonNode)entry.Type)]) },
                ["information"] = TypeOf("string"),
                ["relevance_score"] = TypeOf("number"),
            },
            ["required"] = new JsonArray("query", "query_type", "information", "relevance_score"),
            ["additionalProperties"] = false,
        };
        var root = new JsonObject
        {
            ["type"] = "object",
            ["properties"] = new JsonObject { [Name] = new JsonObject { ["type"] = "array", ["minItems"] = 1, ["items"] = pair } },
            ["required"] = new JsonArray(Name),
            ["additionalProperties"] = false,
        };
        return JsonSerializer.SerializeToElement(root);
    }

    private static JsonObject TypeOf(string name) => new() { ["type"] = name };
}
