using System.Text.Json;
using MedEmbed.Data.Reading;
using MedEmbed.Data.Texts;
using MedEmbed.Synthesis.Completions;

namespace MedEmbed.Synthesis.Batches;

/// <summary>Responses of OpenAI batches, of Azure's, or of <c>vllm run-batch</c>, by custom id.</summary>
/// <remarks>Held in memory: about the size of the files. Several files may answer one request, as after asking again: an answer goes before a failure, a later answer before an earlier one.</remarks>
public sealed class BatchResponses
{
    private readonly Dictionary<string, BatchResponse> _byId = new(StringComparer.Ordinal);

    private BatchResponses()
    {
    }

    /// <summary>Requests that have an answer or a failure.</summary>
    public int Count => _byId.Count;

    /// <summary>The custom ids, in no order.</summary>
    public IReadOnlyCollection<string> Ids => _byId.Keys;

    /// <summary>Reads response files, <c>.gz</c> and <c>.zst</c> too.</summary>
    /// <exception cref="MedEmbed.Data.DataFormatException">A line is no JSON object.</exception>
    /// <exception cref="SynthesisFormatException">A line is no batch response.</exception>
    /// <exception cref="IOException">A file is missing or cannot be read.</exception>
    public static async Task<BatchResponses> ReadAsync(IEnumerable<string> paths, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(paths);
        var responses = new BatchResponses();
        foreach (string path in paths)
            await responses.AddAsync(path, cancellationToken).ConfigureAwait(false);
        return responses;
    }

    /// <summary>Whether a request of this id was answered or failed.</summary>
    public bool Has(string customId) => _byId.ContainsKey(customId);

    internal BatchResponse? Find(string customId) => _byId.GetValueOrDefault(customId);

    private async Task AddAsync(string path, CancellationToken cancellationToken)
    {
        // Lines as they are: what a batch writes has no text field of its own.
        var lines = new DocumentReader(path, new DocumentReadOptions { Format = TextFormat.PlainText, RefuseDuplicateIds = false });
        await foreach (Document line in lines.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            if (string.IsNullOrWhiteSpace(line.Text))
                continue;
            (string id, BatchResponse response) = Parse(line.Text, FormattableString.Invariant($"{path}:{lines.LinesRead}"));
            if (response.Completion is not null || !_byId.TryGetValue(id, out BatchResponse? earlier) || earlier.Completion is null)
                _byId[id] = response;
        }
    }

    private static (string Id, BatchResponse Response) Parse(string line, string place)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            JsonElement root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object || Text(root, "custom_id") is not { Length: > 0 } id)
                throw new SynthesisFormatException(place, "field \"custom_id\" is missing or no text; give a response file of a batch, not its requests or another file.");
            if (root.TryGetProperty("method", out _))
                throw new SynthesisFormatException(place, "is a request, not a response; run the batch, and give the file it writes.");
            return (id, ResponseOf(root));
        }
        catch (JsonException error)
        {
            throw new SynthesisFormatException(place, "is no JSON object; the file was cut off or is no batch response. Fetch it again.", error);
        }
    }

    private static BatchResponse ResponseOf(JsonElement root)
    {
        if (Object(root, "error") is { } error)
            return new BatchResponse(null, Reason(error));
        if (Object(root, "response") is not { } response)
            return new BatchResponse(null, "no response");
        JsonElement? body = Object(response, "body");
        long status = response.TryGetProperty("status_code", out JsonElement code) && code.TryGetInt64(out long given) ? given : 200;
        if (status != 200)
            return new BatchResponse(null, FormattableString.Invariant($"status {status}{(body is { } failed && Object(failed, "error") is { } reason ? $" ({Reason(reason)})" : "")}"));
        if (body is not { } answered || !answered.TryGetProperty("choices", out JsonElement choices) || choices.ValueKind != JsonValueKind.Array || choices.GetArrayLength() == 0)
            return new BatchResponse(null, "the body has no choices");
        if (Object(choices[0], "message") is not { } message)
            return new BatchResponse(null, "the first choice has no message");
        JsonElement? usage = Object(answered, "usage");
        return new BatchResponse(
            new Completion(Text(message, "content") ?? "", Text(choices[0], "finish_reason"), Text(message, "refusal"), Text(answered, "model"), Number(usage, "prompt_tokens"), Number(usage, "completion_tokens")),
            null);
    }

    private static string Reason(JsonElement error) => string.Join(", ", new[] { Text(error, "code"), Text(error, "type"), Text(error, "message") }.OfType<string>()) is { Length: > 0 } reason ? reason : "an error without reason";

    private static JsonElement? Object(JsonElement element, string field) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(field, out JsonElement value) && value.ValueKind == JsonValueKind.Object ? value : null;

    private static string? Text(JsonElement element, string field) =>
        element.TryGetProperty(field, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static long Number(JsonElement? element, string field) =>
        element is { } given && given.TryGetProperty(field, out JsonElement value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out long number) ? number : 0;
}
