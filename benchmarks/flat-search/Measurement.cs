namespace MedEmbed.Benchmarks.FlatSearch;

/// <summary>Medians of milliseconds a query; the peer's is null where only ours was run.</summary>
internal sealed record Measurement(string Vectors, Scenario Scenario, double OursMilliseconds, double? PeerMilliseconds, double Recall)
{
    /// <summary>How many times as fast ours is.</summary>
    public double? Ratio => PeerMilliseconds / OursMilliseconds;
}
