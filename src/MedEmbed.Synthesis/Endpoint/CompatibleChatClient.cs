using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using OpenAI.Chat;

namespace MedEmbed.Synthesis.Endpoint;

/// <summary>Sends schemas as they are, and to other servers than OpenAI's and Azure's the limit of tokens under its older name too, the only one that some know. Owns the connections.</summary>
internal sealed class CompatibleChatClient(IChatClient inner, HttpClient http, bool hosted) : DelegatingChatClient(inner)
{
    public override Task<ChatResponse> GetResponseAsync(IEnumerable<Microsoft.Extensions.AI.ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        base.GetResponseAsync(messages, Adapt(options), cancellationToken);

    public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<Microsoft.Extensions.AI.ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (ChatResponseUpdate update in base.GetStreamingResponseAsync(messages, Adapt(options), cancellationToken).ConfigureAwait(false))
        {
            // The adapter tells the refusal of a whole answer, but drops that of a streamed one.
            if (update.RawRepresentation is StreamingChatCompletionUpdate { RefusalUpdate: { Length: > 0 } refusal })
                update.Contents.Add(new ErrorContent(refusal) { ErrorCode = "Refusal" });
            yield return update;
        }
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing)
            http.Dispose();
    }

    private ChatOptions? Adapt(ChatOptions? options)
    {
        if (options is null)
            return null;
        ChatOptions adapted = options.Clone();
        adapted.RawRepresentationFactory = _ => Raw(options);
        return adapted;
    }

    private ChatCompletionOptions Raw(ChatOptions options)
    {
        var raw = new ChatCompletionOptions();

        // The adapter would put limits such as minItems into descriptions, which constrain nothing.
        if (options.ResponseFormat is ChatResponseFormatJson { Schema: { } schema } format)
            raw.ResponseFormat = OpenAI.Chat.ChatResponseFormat.CreateJsonSchemaFormat(format.SchemaName ?? "answer", BinaryData.FromString(schema.GetRawText()), jsonSchemaIsStrict: true);
#pragma warning disable SCME0001 // Patching a request's JSON is marked as subject to change.
        if (!hosted && options.MaxOutputTokens is { } tokens)
            raw.Patch.Set("$.max_tokens"u8, tokens);
#pragma warning restore SCME0001
        return raw;
    }
}
