using System.Runtime.CompilerServices;

namespace MedEmbed.Synthesis.Generation;

/// <summary>Works on several items at once and gives the results in the items' order.</summary>
internal static class OrderedParallel
{
    /// <summary>At most <paramref name="window"/> items are under way or waiting for an earlier one. An error cancels the others and is thrown when they have ended.</summary>
    public static async IAsyncEnumerable<(TItem Item, TResult Result)> RunAsync<TItem, TResult>(
        IAsyncEnumerable<TItem> items, Func<TItem, CancellationToken, Task<TResult>> work, int window, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Queue<(TItem Item, Task<TResult> Task)> under = new();
        try
        {
            await foreach (TItem item in items.WithCancellation(stop.Token).ConfigureAwait(false))
            {
                under.Enqueue((item, StartAsync(item)));
                if (under.Count >= window)
                    yield return await TakeAsync().ConfigureAwait(false);
            }

            while (under.Count > 0)
                yield return await TakeAsync().ConfigureAwait(false);
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
            await Task.WhenAll(under.Select(static entry => entry.Task)).ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default).ConfigureAwait(false);
        }

        async Task<TResult> StartAsync(TItem item)
        {
            try
            {
                return await Task.Run(() => work(item, stop.Token), stop.Token).ConfigureAwait(false);
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                // Others may be waiting for minutes on an endpoint that this error is about.
                await stop.CancelAsync().ConfigureAwait(false);
                throw;
            }
        }

        async ValueTask<(TItem Item, TResult Result)> TakeAsync()
        {
            (TItem item, Task<TResult> task) = under.Dequeue();
            try
            {
                return (item, await task.ConfigureAwait(false));
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                // The first in order was cancelled because of a later one.
                await Task.WhenAll(under.Select(static entry => entry.Task)).ConfigureAwait(false);
                throw;
            }
        }
    }
}
