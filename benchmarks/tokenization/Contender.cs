namespace MedEmbed.Benchmarks.Tokenization;

/// <summary>One way to tokenise all documents.</summary>
/// <param name="Name">What the tables call it.</param>
/// <param name="Threads">Threads it may use.</param>
/// <param name="RunAsync">Tokenises all documents once and returns the seconds it took.</param>
internal sealed record Contender(string Name, int Threads, Func<Task<double>> RunAsync)
{
    /// <summary>Seconds of the rounds that count.</summary>
    public List<double> Seconds { get; } = [];

    public double Median
    {
        get
        {
            double[] sorted = [.. Seconds.Order()];
            int half = sorted.Length / 2;
            return sorted.Length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
        }
    }
}
