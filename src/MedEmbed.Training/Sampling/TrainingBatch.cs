namespace MedEmbed.Training.Sampling;

/// <summary>A batch as texts: B queries, N negatives a query.</summary>
/// <remarks>Documents are counted as in <see cref="Stepping.TokenizedBatch"/>: <c>c·B + i</c> belongs to query <c>i</c>; column 0 holds the positives.</remarks>
public sealed record TrainingBatch
{
    /// <summary>The batch's number in the run, from 0.</summary>
    public required long Number { get; init; }

    /// <summary>B examples, at least 1. No query and no positive of one is a query or positive of another, whatever their case, punctuation and white space.</summary>
    public required IReadOnlyList<TrainingExample> Examples { get; init; }

    /// <summary>True where a document answers a query according to the query's source, B × B·(1 + N) in row-major order; the own positives among them.</summary>
    public required IReadOnlyList<bool> KnownPositives { get; init; }

    /// <summary>What is learned from the batch, where a recipe has more than one loss (<see cref="TrainingSource.Loss"/>).</summary>
    public string? Loss => Examples[0].Source.Loss;

    /// <summary>Negatives of each query, N.</summary>
    public int Negatives => Examples[0].Negatives.Count;

    /// <summary>Documents of the batch, B·(1 + N).</summary>
    public int DocumentCount => Examples.Count * (1 + Negatives);

    /// <summary>The queries, without prompts.</summary>
    public IEnumerable<string> Queries => Examples.Select(example => example.Query);

    /// <summary>The documents, without prompts.</summary>
    public IEnumerable<string> Documents => Enumerable.Range(0, DocumentCount).Select(Document);

    /// <summary>Document <paramref name="index"/>, without prompt.</summary>
    public string Document(int index)
    {
        (int column, int row) = Math.DivRem(index, Examples.Count);
        return column == 0 ? Examples[row].Positive : Examples[row].Negatives[column - 1];
    }
}
