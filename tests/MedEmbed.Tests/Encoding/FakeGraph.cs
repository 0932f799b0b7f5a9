using MedEmbed.Encoding;

namespace MedEmbed.Tests.Encoding;

/// <summary>A graph that computes nothing but watches who calls it: each vector holds its row's first three numbers of tokens.</summary>
internal sealed class FakeGraph(int dimensions, Action? onRun = null) : IVectorGraph
{
    private int _running;
    private int _mostAtOnce;
    private int _runs;

    public int MostAtOnce => _mostAtOnce;

    public int Runs => _runs;

    public bool Disposed { get; private set; }

    public void Run(PaddedTokens tokens, float[] vectors)
    {
        ObjectDisposedException.ThrowIf(Disposed, this);
        int running = Interlocked.Increment(ref _running);
        Interlocked.Increment(ref _runs);
        for (int seen = _mostAtOnce; running > seen; seen = _mostAtOnce)
            Interlocked.CompareExchange(ref _mostAtOnce, running, seen);
        onRun?.Invoke();
        for (int row = 0; row < tokens.Rows; row++)
        {
            Span<float> vector = vectors.AsSpan(row * dimensions, dimensions);
            vector.Clear();
            for (int i = 0; i < Math.Min(3, tokens.Length); i++)
                vector[i] = tokens.Ids[(row * tokens.Length) + i];
        }

        Interlocked.Decrement(ref _running);
    }

    public void Dispose() => Disposed = true;
}
