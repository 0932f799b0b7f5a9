namespace MedEmbed.Synthesis.Mining.Scoring;

/// <summary>Scores and ranks passages for the queries of the window at hand.</summary>
/// <remarks>After <see cref="BeginAsync"/>, <see cref="Score"/> may be called from several threads.</remarks>
internal interface IPassageScorer : IDisposable
{
    /// <summary>Takes up a window of queries.</summary>
    Task BeginAsync(QueryWindow window, CancellationToken cancellationToken);

    /// <summary>Scores chosen passages for one query of the window; higher is better.</summary>
    void Score(int query, ReadOnlySpan<int> passages, Span<float> scores);

    /// <summary>The best candidates of every query of the window down to rank <paramref name="depth"/>, best first.</summary>
    int[][] Rank(int depth, CancellationToken cancellationToken);
}
