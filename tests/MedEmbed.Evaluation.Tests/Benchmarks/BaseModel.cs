namespace MedEmbed.Evaluation.Tests.Benchmarks;

/// <summary>The model that training starts from.</summary>
public sealed class BaseModel() : BenchmarkModel("models/bge-small-en-v1.5");
