using System.Collections.Concurrent;

namespace MedEmbed.Training.Libtorch;

/// <summary>The thread that large tensors are made on, one piece of work at a time, in the order in which they come.</summary>
/// <remarks>Thread-safe. libtorch shares each operation out to threads of its own; one thread that calls it lets the allocator use the same memory step after step (see
/// <see cref="AllocatorTuning"/>). Work must not wait for other work of this thread.</remarks>
internal sealed class ComputeThread
{
    private const int MostTries = 128;

    private readonly BlockingCollection<Action> _work = [];

    private ComputeThread()
    {
    }

    /// <summary>Starts the thread.</summary>
    /// <param name="inMainArena">Whether it must be one whose memory comes from the main arena.</param>
    public static ComputeThread Start(bool inMainArena)
    {
        var compute = new ComputeThread();
        using var tried = new ManualResetEventSlim();
        for (int i = 0; i < MostTries; i++)
        {
            // A thread that is of another arena waits, so that the next one gets one of those that are left.
            using var known = new ManualResetEventSlim();
            bool taken = false;
            bool last = i == MostTries - 1;
            var thread = new Thread(() =>
            {
                taken = last || !inMainArena || AllocatorTuning.ThreadUsesMainArena();
                known.Set();
                if (taken)
                    compute.Work();
                else
                    tried.Wait();
            })
            {
                IsBackground = true,
                Name = "MedEmbed compute",
            };
            thread.Start();
            known.Wait();
            if (taken)
                break;
        }

        tried.Set();
        return compute;
    }

    /// <summary>Runs <paramref name="work"/> on the thread.</summary>
    public Task<T> RunAsync<T>(Func<T> work, CancellationToken cancellationToken = default)
    {
        var result = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        _work.Add(
            () =>
            {
                if (cancellationToken.IsCancellationRequested)
                {
                    result.SetCanceled(cancellationToken);
                    return;
                }

                try
                {
                    result.SetResult(work());
                }
                catch (OperationCanceledException cancelled)
                {
                    result.SetCanceled(cancelled.CancellationToken);
                }
                catch (Exception error)
                {
                    result.SetException(error);
                }
            },
            CancellationToken.None);
        return result.Task;
    }

    private void Work()
    {
        foreach (Action work in _work.GetConsumingEnumerable())
            work();
    }
}
