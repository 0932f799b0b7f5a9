using System.Runtime.CompilerServices;

namespace MedEmbed.Encoding;

/// <summary>Encodes streams that are larger than memory.</summary>
public static class TextEncoderStreaming
{
    /// <summary>Characters after which a window is full although it has fewer texts.</summary>
    private const long WindowCharacters = 16 << 20;

    /// <summary>Encodes <paramref name="items"/> window by window; the next window is read while one is encoded.</summary>
    /// <param name="encoder">The encoder.</param>
    /// <param name="items">The stream; memory holds at most two windows of it. It is told to stop, and disposed, when the consumer stops early.</param>
    /// <param name="text">What is encoded of an item.</param>
    /// <param name="options">As for a single call; progress counts within a window.</param>
    /// <param name="cancellationToken">Ends the stream.</param>
    /// <returns>Windows of up to <see cref="EncodeOptions.WindowTexts"/> items, in stream order.</returns>
    /// <exception cref="ArgumentException">The text of an item is null, the model lacks the named prompt, or the dimensions asked for are more than the model's.</exception>
    public static async IAsyncEnumerable<EncodedWindow<T>> EncodeStreamAsync<T>(
        this ITextEncoder encoder,
        IAsyncEnumerable<T> items,
        Func<T, string> text,
        EncodeOptions options,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(encoder);
        ArgumentNullException.ThrowIfNull(items);
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(options);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        IAsyncEnumerator<T> source = items.GetAsyncEnumerator(stop.Token);
        await using (source.ConfigureAwait(false))
        {
            // On another thread, since many sources never wait and would else be read before anything is encoded.
            Task<(List<T> Items, List<string> Texts)> ReadNext() => Task.Run(() => ReadWindowAsync(source, text, options.WindowTexts, stop.Token), CancellationToken.None);
            Task<(List<T> Items, List<string> Texts)> next = ReadNext();
            try
            {
                while (await next.ConfigureAwait(false) is { Items.Count: > 0 } window)
                {
                    next = ReadNext();
                    Encoded encoded = await encoder.EncodeAsync(window.Texts, options, cancellationToken).ConfigureAwait(false);
                    yield return new EncodedWindow<T>(window.Items, encoded);
                }
            }
            finally
            {
                // The source must be at rest before it is disposed, also when the consumer stops early.
                await stop.CancelAsync().ConfigureAwait(false);
                await ((Task)next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private static async Task<(List<T> Items, List<string> Texts)> ReadWindowAsync<T>(IAsyncEnumerator<T> source, Func<T, string> text, int mostTexts, CancellationToken cancellationToken)
    {
        List<T> items = [];
        List<string> texts = [];
        for (long characters = 0; items.Count < mostTexts && characters < WindowCharacters && await source.MoveNextAsync().ConfigureAwait(false);)
        {
            cancellationToken.ThrowIfCancellationRequested();
            string content = text(source.Current) ?? throw new ArgumentException("The text of an item is null; an empty text is allowed.", nameof(text));
            items.Add(source.Current);
            texts.Add(content);
            characters += content.Length;
        }

        return (items, texts);
    }
}
