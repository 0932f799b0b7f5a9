namespace MedEmbed.Evaluation.Tests.Benchmarks;

/// <summary>The project's own model.</summary>
public sealed class DefaultModel() : BenchmarkModel("models/medembed-small-v1");
