using System.Runtime.CompilerServices;

namespace MedEmbed.Encoding;

/// <summary>Encodes streams that are larger than memory.</summary>
public static class TextEncoderStreaming
{
    /// <summary>Characters after which a window is full although it has fewer texts.</summary>
    private const long WindowCharacters = 16 << 20;

    /// <summary>Encodes <paramref name="items"/> window by window; the next window is read while one is encoded.</summary>
    /// <param name="encoder">The encoder.</param>
    /// <param name="items">The stream; memory holds at most two windows of it.</param>
    /// <param name="text">What is encoded of an item.</param>
    /// <param name="options">As for a single call; progress counts within a window.</param>
    /// <param name="cancellationToken">Ends the stream.</param>
    /// <returns>Windows of up to <see cref="EncodeOptions.WindowTexts"/> items, in stream order.</returns>
    /// <exception cref="ArgumentException">The model lacks the named prompt, or the dimensions asked for are more than the model's.</exception>
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
        IAsyncEnumerator<T> source = items.GetAsyncEnumerator(cancellationToken);
        await using (source.ConfigureAwait(false))
        {
            Task<List<T>> next = ReadWindowAsync(source, text, options.WindowTexts);
            try
            {
                while (await next.ConfigureAwait(false) is { Count: > 0 } window)
                {
                    next = ReadWindowAsync(source, text, options.WindowTexts);
                    Encoded encoded = await encoder.EncodeAsync([.. window.Select(text)], options, cancellationToken).ConfigureAwait(false);
                    yield return new EncodedWindow<T>(window, encoded);
                }
            }
            finally
            {
                // The source must be at rest before it is disposed, also when the consumer stops early.
                await next.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default).ConfigureAwait(false);
            }
        }
    }

    private static async Task<List<T>> ReadWindowAsync<T>(IAsyncEnumerator<T> source, Func<T, string> text, int texts)
    {
        var window = new List<T>();
        for (long characters = 0; window.Count < texts && characters < WindowCharacters && await source.MoveNextAsync().ConfigureAwait(false);)
        {
            window.Add(source.Current);
            characters += text(source.Current).Length;
        }

        return window;
    }
}
