namespace MedEmbed.Benchmarks.Encoding;

/// <summary>A way to encode, and how long it took for each part.</summary>
internal sealed class Contender(string name, Func<IReadOnlyList<string>, Task<(double Seconds, float[][] First)>> encode)
{
    public string Name => name;

    public List<double> Seconds { get; } = [];

    public double Total => Seconds.Sum();

    /// <summary>Encodes a part and gives its first vectors.</summary>
    public async Task<float[][]> RunAsync(IReadOnlyList<string> texts)
    {
        (double seconds, float[][] first) = await encode(texts);
        Seconds.Add(seconds);
        return first;
    }
}
