using Microsoft.Extensions.AI;
using Polly;
using Polly.Retry;

namespace MedEmbed.Synthesis.Endpoint;

/// <summary>Asks a chat client with time limits, at the rates allowed, and again after failures that may pass: waits double with jitter, or are what the endpoint asks for.</summary>
/// <remarks>Every failure is an <see cref="EndpointException"/> without text of notes, and is counted. All this holds for whole responses; streaming ones are passed through. Thread-safe.</remarks>
public sealed class PatientChatClient : DelegatingChatClient
{
    private const int CharactersAToken = 4;

    private readonly EndpointOptions _options;
    private readonly EndpointStatistics _statistics;
    private readonly TimeProvider _time;
    private readonly RequestPace _pace;
    private readonly SemaphoreSlim _slots;
    private readonly ResiliencePipeline<ChatResponse> _retries;
    private readonly bool _tellMessages;

    /// <summary>Wraps <paramref name="inner"/>, which it disposes of.</summary>
    /// <param name="inner">Asks once.</param>
    /// <param name="options">Limits.</param>
    /// <param name="statistics">Where requests and failures are counted.</param>
    /// <param name="tellMessages">Whether the endpoint's error messages, which may quote notes, become part of exceptions.</param>
    /// <param name="time">Null is the system's.</param>
    public PatientChatClient(IChatClient inner, EndpointOptions options, EndpointStatistics statistics, bool tellMessages = false, TimeProvider? time = null)
        : base(inner)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(statistics);
        (_options, _statistics, _tellMessages, _time) = (options, statistics, tellMessages, time ?? TimeProvider.System);
        _pace = new RequestPace(options, _time);
        _slots = new SemaphoreSlim(options.Concurrency);
        var builder = new ResiliencePipelineBuilder<ChatResponse> { TimeProvider = _time };
        if (options.MaxRetries > 0)
            builder.AddRetry(Retries());
        _retries = builder.Build();
    }

    /// <inheritdoc/>
    /// <exception cref="EndpointException">The endpoint failed, and went on failing.</exception>
    public override async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        ChatMessage[] request = [.. messages];
        int tokens = request.Sum(static message => message.Text.Length) / CharactersAToken + (options?.MaxOutputTokens ?? 0);
        await _slots.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await _retries.ExecuteAsync(async token => await AskOnceAsync(request, options, tokens, token).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _slots.Release();
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (!disposing)
            return;
        _pace.Dispose();
        _slots.Dispose();
    }

    private RetryStrategyOptions<ChatResponse> Retries() => new()
    {
        MaxRetryAttempts = _options.MaxRetries,
        BackoffType = DelayBackoffType.Exponential,
        UseJitter = true,
        Delay = _options.RetryDelay,
        MaxDelay = _options.MaxRetryDelay,
        ShouldHandle = new PredicateBuilder<ChatResponse>().Handle<EndpointException>(static error => error.IsTransient),
        DelayGenerator = arguments => ValueTask.FromResult(
            (arguments.Outcome.Exception as EndpointException)?.RetryAfter is { } asked ? (TimeSpan?)(asked < _options.MaxRetryAfter ? asked : _options.MaxRetryAfter) : null),
        OnRetry = arguments =>
        {
            // What the endpoint asks of one request holds for all of them.
            if (arguments.Outcome.Exception is EndpointException { RetryAfter: not null })
                _pace.Pause(arguments.RetryDelay);
            return ValueTask.CompletedTask;
        },
    };

    private async Task<ChatResponse> AskOnceAsync(ChatMessage[] messages, ChatOptions? options, int tokens, CancellationToken cancellationToken)
    {
        await _pace.WaitAsync(tokens, cancellationToken).ConfigureAwait(false);
        _statistics.CountRequest();
        try
        {
            ChatResponse response = _options.Stream
                ? await StreamAsync(messages, options, cancellationToken).ConfigureAwait(false)
                : await WaitForWholeAsync(messages, options, cancellationToken).ConfigureAwait(false);
            _statistics.CountTokens(response.Usage?.InputTokenCount ?? 0, response.Usage?.OutputTokenCount ?? 0);
            return response;
        }
        catch (Exception error) when (!cancellationToken.IsCancellationRequested && EndpointFaults.Of(error, _options.Address, _tellMessages, _time) is { } failure)
        {
            _statistics.Count(failure.Failure);
            throw ReferenceEquals(failure, error) ? error : failure;
        }
    }

    private async Task<ChatResponse> WaitForWholeAsync(ChatMessage[] messages, ChatOptions? options, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(_options.Timeout);
        try
        {
            return await base.GetResponseAsync(messages, options, limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException error) when (!cancellationToken.IsCancellationRequested)
        {
            throw TooSlow(EndpointFailure.TimedOut, _options.Timeout, "no whole answer came", error);
        }
    }

    private async Task<ChatResponse> StreamAsync(ChatMessage[] messages, ChatOptions? options, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        List<ChatResponseUpdate> updates = [];
        limit.CancelAfter(_options.Timeout);
        try
        {
            await foreach (ChatResponseUpdate update in base.GetStreamingResponseAsync(messages, options, limit.Token).WithCancellation(limit.Token).ConfigureAwait(false))
            {
                updates.Add(update);
                limit.CancelAfter(_options.StallTimeout);
            }
        }
        catch (OperationCanceledException error) when (!cancellationToken.IsCancellationRequested)
        {
            throw updates.Count == 0
                ? TooSlow(EndpointFailure.TimedOut, _options.Timeout, "no answer began", error)
                : TooSlow(EndpointFailure.Stalled, _options.StallTimeout, "the answer stood still", error);
        }

        ChatResponse response = updates.ToChatResponse();
        return response.FinishReason is not null ? response : throw new EndpointException(EndpointFailure.Connection, $"{_options.Address.Authority}: the connection ended before the answer did.");
    }

    private EndpointException TooSlow(EndpointFailure failure, TimeSpan limit, string what, Exception cause) =>
        new(failure, FormattableString.Invariant($"{_options.Address.Authority}: {what} within {limit.TotalSeconds:0.#} s."), cause);
}
