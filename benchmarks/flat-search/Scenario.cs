namespace MedEmbed.Benchmarks.FlatSearch;

/// <summary>One way to ask: so many queries a call (1: one after the other), on so many threads.</summary>
internal sealed record Scenario(int Queries, int Batch, int Threads);
