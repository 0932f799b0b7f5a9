using MedEmbed.Synthesis.Completions;
using MedEmbed.Synthesis.Endpoint;
using Microsoft.Extensions.AI;

namespace MedEmbed.Synthesis.Generation;

/// <summary>Completions of a chat client, each asked for once and then kept in the store. Thread-safe.</summary>
internal sealed class ChatCompletionSource(IChatClient client, CompletionStore store, CompletionSettings settings, System.Text.Json.JsonElement schema) : IDisposable
{
    // Until a form of answer is known to be accepted, one request at a time finds out for all.
    private readonly SemaphoreSlim _trial = new(1);

    private readonly ChatResponseFormat[] _formats = settings.JsonMode switch
    {
        JsonMode.Schema => [SchemaFormat(schema)],
        JsonMode.Object => [ChatResponseFormat.Json],
        JsonMode.None => [ChatResponseFormat.Text],
        _ => [SchemaFormat(schema), ChatResponseFormat.Json, ChatResponseFormat.Text],
    };

    private int _format;
    private bool _accepted = settings.JsonMode != JsonMode.Auto;
    private long _stored;
    private long _asked;

    /// <summary>Completions found in the store.</summary>
    public long Found => Interlocked.Read(ref _stored);

    /// <summary>Completions asked for.</summary>
    public long Asked => Interlocked.Read(ref _asked);

    /// <summary>The completion of <paramref name="messages"/>.</summary>
    /// <exception cref="EndpointException">The endpoint failed.</exception>
    public async Task<Completion> GetAsync(string partId, IReadOnlyList<CompletionMessage> messages, CancellationToken cancellationToken)
    {
        string key = CompletionKey.Of(partId, messages, settings);
        if (store.Find(key) is { } stored)
        {
            Interlocked.Increment(ref _stored);
            return stored;
        }

        Completion completion = await AskAsync(messages, cancellationToken).ConfigureAwait(false);
        store.Add(key, partId, completion);
        Interlocked.Increment(ref _asked);
        return completion;
    }

    public void Dispose() => _trial.Dispose();

    private async Task<Completion> AskAsync(IReadOnlyList<CompletionMessage> messages, CancellationToken cancellationToken)
    {
        ChatMessage[] chat = [.. messages.Select(static message => new ChatMessage(new ChatRole(message.Role), message.Text))];
        if (Volatile.Read(ref _accepted))
            return await AskInFormatAsync(chat, cancellationToken).ConfigureAwait(false);
        await _trial.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            while (true)
            {
                try
                {
                    Completion completion = await AskInFormatAsync(chat, cancellationToken).ConfigureAwait(false);
                    Volatile.Write(ref _accepted, true);
                    return completion;
                }
                catch (EndpointException error) when (!_accepted && _format + 1 < _formats.Length && EndpointFaults.RefusesResponseFormat(error))
                {
                    // What the endpoint refuses once it refuses always; all further requests ask for less.
                    _format++;
                }
            }
        }
        finally
        {
            _trial.Release();
        }
    }

    private async Task<Completion> AskInFormatAsync(ChatMessage[] chat, CancellationToken cancellationToken) =>
        ToCompletion(await client.GetResponseAsync(chat, Options(_formats[_format]), cancellationToken).ConfigureAwait(false));

    private ChatOptions Options(ChatResponseFormat format) => new()
    {
        ModelId = settings.Model,
        Temperature = settings.Temperature,
        MaxOutputTokens = settings.MaxTokens,
        Seed = settings.Seed,
        ResponseFormat = format,
    };

    private static Completion ToCompletion(ChatResponse response)
    {
        string? refusal = response.Messages.SelectMany(static message => message.Contents).OfType<ErrorContent>().FirstOrDefault()?.Message;
        return new Completion(response.Text, response.FinishReason?.Value, refusal, response.ModelId, response.Usage?.InputTokenCount ?? 0, response.Usage?.OutputTokenCount ?? 0);
    }

    private static ChatResponseFormatJson SchemaFormat(System.Text.Json.JsonElement schema) => ChatResponseFormat.ForJsonSchema(schema, Prompts.AnswerSchema.Name);
}
