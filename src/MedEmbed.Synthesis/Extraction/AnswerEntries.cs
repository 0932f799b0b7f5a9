using System.Globalization;
using System.Text.Json;
using MedEmbed.Synthesis.Candidates;
using MedEmbed.Synthesis.Prompts;

namespace MedEmbed.Synthesis.Extraction;

/// <summary>The entries of an answer's JSON.</summary>
internal static class AnswerEntries
{
    private const int DeepestFrame = 4;

    /// <summary>What the entries say; null where the JSON has none, whatever its frame.</summary>
    public static ParsedAnswer? Read(JsonElement root, Mends mends)
    {
        if (Find(root, 0) is not { } entries)
            return null;
        bool asAsked = root.ValueKind == JsonValueKind.Object && root.TryGetProperty(AnswerSchema.Name, out JsonElement direct) && direct.ValueKind == JsonValueKind.Array;
        List<CandidatePair> pairs = [];
        List<string> faults = [];
        int number = 0;
        foreach (JsonElement entry in entries.EnumerateArray())
        {
            number++;
            if (FaultOf(entry, out CandidatePair? pair) is { } fault)
                faults.Add(string.Create(CultureInfo.InvariantCulture, $"entry {number}: {fault}"));
            else
                pairs.Add(pair!);
        }

        if (!asAsked)
            mends |= Mends.Frame;
        if (pairs.Count > 0)
            return new ParsedAnswer(pairs, faults, AnswerFault.None, null, mends);
        string problem = faults.Count > 0 ? $"{string.Join("; ", faults.Take(3))}." : "\"qa_pairs\" was empty.";
        return new ParsedAnswer([], faults, (mends & Mends.CutOff) != 0 ? AnswerFault.CutOff : AnswerFault.WrongSchema, problem, mends);
    }

    /// <summary>The array of entries: that of the name asked for, wherever it stands, or an array of objects that have a query.</summary>
    private static JsonElement? Find(JsonElement element, int depth)
    {
        if (element.ValueKind == JsonValueKind.Array)
            return element.GetArrayLength() > 0 && element[0].ValueKind == JsonValueKind.Object && element[0].TryGetProperty("query", out _) ? element : null;
        if (element.ValueKind != JsonValueKind.Object || depth > DeepestFrame)
            return null;
        if (element.TryGetProperty(AnswerSchema.Name, out JsonElement named) && named.ValueKind == JsonValueKind.Array)
            return named;
        foreach (JsonProperty field in element.EnumerateObject())
        {
            if (Find(field.Value, depth + 1) is { } found)
                return found;
        }

        return null;
    }

    private static string? FaultOf(JsonElement entry, out CandidatePair? pair)
    {
        pair = null;
        if (entry.ValueKind != JsonValueKind.Object)
            return "it is no object";
        if (TextOf(entry, "query") is not { } query || query.Trim().Length == 0)
            return "\"query\" must be a text";
        if (TextOf(entry, "query_type") is not { } typeName || QueryTypes.Find(typeName) is not { } type)
            return $"\"query_type\" must be one of {string.Join(", ", QueryTypes.All)}";
        if (!entry.TryGetProperty("information", out JsonElement information) || information.ValueKind is not (JsonValueKind.String or JsonValueKind.Null))
            return "\"information\" must be a text, or null for the whole text";
        string? response = Decode(information)?.Trim();
        if (response is "" || (response is null && information.ValueKind == JsonValueKind.String))
            return "\"information\" is empty or no Unicode text";
        if (!entry.TryGetProperty("relevance_score", out JsonElement score) || NumberOf(score) is not (>= 0 and <= 1 and var relevance))
            return "\"relevance_score\" must be a number from 0 to 1";
        pair = new CandidatePair(query.Trim(), type, response, relevance);
        return null;
    }

    private static string? TextOf(JsonElement entry, string field) =>
        entry.TryGetProperty(field, out JsonElement value) && value.ValueKind == JsonValueKind.String ? Decode(value) : null;

    /// <summary>The string; null where it escapes half of a surrogate pair.</summary>
    private static string? Decode(JsonElement value)
    {
        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private static double? NumberOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Number when value.TryGetDouble(out double number) => number,
        JsonValueKind.String when double.TryParse(value.GetString(), NumberStyles.Float, CultureInfo.InvariantCulture, out double number) => number,
        _ => null,
    };
}
