using MedEmbed.Training.Encoders;
using MedEmbed.Training.Libtorch;
using TorchSharp;
using static TorchSharp.torch;

namespace MedEmbed.Training.Stepping;

/// <summary>Replicas of an encoder, each with a thread of its own, that compute passes side by side.</summary>
/// <remarks>The first lane is the encoder itself on the calling thread. Not thread-safe.</remarks>
internal sealed class PassLanes : IDisposable
{
    private readonly EncoderReplica[] _replicas;
    private readonly IReadOnlyList<ComputeThread> _helpers;

    public PassLanes(TrainableEncoder encoder)
    {
        _replicas = [encoder.Own, .. Enumerable.Range(1, encoder.Options.Lanes - 1).Select(_ => encoder.Own.Replicate())];
        _helpers = _replicas.Length == 1 ? [] : LibtorchRuntime.Load().Helpers(_replicas.Length - 1);
    }

    /// <summary>Opens a dispose scope in every other lane, for tensors that one <see cref="Run"/> leaves to the next; they are gone when what is returned is disposed.</summary>
    public IDisposable Begin()
    {
        var scopes = new DisposeScope[_helpers.Count];
        OnHelpers(helper => scopes[helper] = NewDisposeScope());
        return new Scopes(this, scopes);
    }

    /// <summary>Calls <paramref name="compute"/> with each chunk's number and the replica of its lane: a lane's chunks in their order, each lane with its share of the threads.</summary>
    /// <remarks>Which lane has a chunk hangs on the chunks alone.</remarks>
    public void Run(IReadOnlyList<RowChunk> chunks, Action<EncoderReplica, int> compute)
    {
        List<int>[] shares = Share(chunks);
        int threads = get_num_threads();
        int each = Math.Max(1, threads / _replicas.Length);
        Task[] others = [.. _helpers.Select((helper, number) => helper.RunAsync(() => RunLane(number + 1)))];
        try
        {
            RunLane(0);
        }
        finally
        {
            Task.WaitAll(others);
            set_num_threads(threads);
        }

        int RunLane(int lane)
        {
            if (_replicas.Length > 1)
                set_num_threads(each);
            foreach (int chunk in shares[lane])
                compute(_replicas[lane], chunk);
            return lane;
        }
    }

    /// <summary>Adds the other lanes' gradients to the encoder's own, lane by lane.</summary>
    public void GatherGradients()
    {
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        foreach (EncoderReplica replica in _replicas.Skip(1))
        {
            foreach ((string name, Tensor parameter) in replica.Parameters.All)
            {
                if (parameter.grad is not { } gradient)
                    continue;
                Tensor own = _replicas[0].Parameters[name];
                if (own.grad is { } sum)
                    sum.AddInPlace(gradient);
                else
                    own.grad = gradient;
                parameter.grad = null;
            }
        }
    }

    public void Dispose()
    {
        foreach (EncoderReplica replica in _replicas.Skip(1))
            replica.Dispose();
    }

    private void OnHelpers(Action<int> work) => Task.WaitAll([.. _helpers.Select((helper, number) => helper.RunAsync(() =>
    {
        work(number);
        return number;
    }))]);

    /// <summary>The chunks of each lane, spread so that all have about the same number of tokens.</summary>
    private List<int>[] Share(IReadOnlyList<RowChunk> chunks)
    {
        List<int>[] shares = [.. _replicas.Select(_ => new List<int>())];
        long[] tokens = new long[shares.Length];
        foreach ((int i, RowChunk chunk) in chunks.Index())
        {
            int lane = Array.IndexOf(tokens, tokens.Min());
            shares[lane].Add(i);
            tokens[lane] += (long)chunk.Rows.Count * chunk.Length;
        }

        return shares;
    }

    private sealed class Scopes(PassLanes lanes, DisposeScope[] scopes) : IDisposable
    {
        // A scope belongs to the thread that opened it.
        public void Dispose() => lanes.OnHelpers(helper => scopes[helper].Dispose());
    }
}
