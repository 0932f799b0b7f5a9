using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using MedEmbed.Data.Outputs;
using MedEmbed.Synthesis.Completions;
using MedEmbed.Synthesis.Generation;
using MedEmbed.Synthesis.Notes;
using MedEmbed.Synthesis.Prompts;

namespace MedEmbed.Synthesis.Batches;

/// <summary>Writes requests as OpenAI batches, Azure's and <c>vllm run-batch</c> take them: a JSON line each, the part's id as custom id.</summary>
/// <remarks>Thread-safe.</remarks>
public sealed class BatchRequests
{
    private static readonly JsonSerializerOptions Form = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly CompletionSettings _settings;
    private readonly NotePrompt _prompt;
    private readonly JsonElement _schema;

    /// <summary>Requests as <paramref name="options"/> say.</summary>
    public BatchRequests(LlmGenerationOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        (_settings, _prompt, _schema) = (options.Settings, new NotePrompt(options.Prompts, options.Mix), AnswerSchema.Of(options.Mix));
    }

    /// <summary>Writes a request for every part of every note; the file appears whole or not at all.</summary>
    /// <returns>Requests written.</returns>
    /// <exception cref="OutputExistsException">The file is there and not to be overwritten.</exception>
    public async Task<long> WriteAsync(string path, IAsyncEnumerable<Note> notes, NoteSplitter splitter, bool overwrite = false, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(notes);
        ArgumentNullException.ThrowIfNull(splitter);
        long written = 0;
        await AtomicFile.WriteAsync(path, async (stream, token) =>
        {
            await foreach (Note note in notes.WithCancellation(token).ConfigureAwait(false))
            {
                foreach (NotePart part in splitter.Split(note))
                {
                    stream.Write(Line(part.Id, _prompt.Ask(part)));
                    written++;
                }
            }
        }, overwrite, cancellationToken: cancellationToken).ConfigureAwait(false);
        return written;
    }

    /// <summary>Writes a request for every part that failed; where there was an answer, the request says what was wrong with it.</summary>
    /// <exception cref="OutputExistsException">The file is there and not to be overwritten.</exception>
    public void WriteAgain(string path, IReadOnlyList<FailedPart> failed, bool overwrite = false)
    {
        ArgumentNullException.ThrowIfNull(failed);
        AtomicFile.Write(path, stream =>
        {
            foreach (FailedPart entry in failed)
            {
                IReadOnlyList<CompletionMessage> first = _prompt.Ask(entry.Part);
                stream.Write(Line(entry.Part.Id, entry.Problem is null ? first : _prompt.AskAgain(first, entry.Answer!, entry.Problem)));
            }
        }, overwrite);
    }

    private byte[] Line(string id, IReadOnlyList<CompletionMessage> messages)
    {
        var body = new JsonObject
        {
            ["model"] = _settings.Model,
            ["messages"] = new JsonArray([.. messages.Select(static message => new JsonObject { ["role"] = message.Role, ["content"] = message.Text })]),
            ["temperature"] = _settings.Temperature,
            ["max_completion_tokens"] = _settings.MaxTokens,
        };
        if (_settings.Seed is { } seed)
            body["seed"] = seed;
        if (_settings.JsonMode is JsonMode.Auto or JsonMode.Schema)
            body["response_format"] = new JsonObject { ["type"] = "json_schema", ["json_schema"] = new JsonObject { ["name"] = AnswerSchema.Name, ["schema"] = JsonObject.Create(_schema) } };
        else if (_settings.JsonMode == JsonMode.Object)
            body["response_format"] = new JsonObject { ["type"] = "json_object" };
        var request = new JsonObject { ["custom_id"] = id, ["method"] = "POST", ["url"] = "/v1/chat/completions", ["body"] = body };
        return [.. JsonSerializer.SerializeToUtf8Bytes(request, Form), (byte)'\n'];
    }
}
