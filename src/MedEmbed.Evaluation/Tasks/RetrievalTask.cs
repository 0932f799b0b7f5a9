namespace MedEmbed.Evaluation.Tasks;

/// <summary>A task to evaluate: where its data lies and what must be said with its numbers.</summary>
/// <param name="Name">The name in tables and result files.</param>
/// <param name="Path">A BEIR folder or a file.</param>
/// <param name="Form">Which of the two.</param>
/// <param name="Benchmark">The registered benchmark; null for a folder or list of the caller's own.</param>
public sealed record RetrievalTask(string Name, string Path, TaskForm Form, Benchmark? Benchmark = null)
{
    /// <summary>Whether documents with the query's own id are removed after the top 1,000 and before metrics.</summary>
    public bool IgnoreIdenticalIds => Benchmark?.IgnoreIdenticalIds ?? false;
}
