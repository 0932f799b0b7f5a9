namespace MedEmbed.Data.Judgments;

/// <summary>The documents a run found for one query, in the run's order.</summary>
/// <remarks>The order is the file's or the caller's; whoever needs a ranking sorts by score.</remarks>
public readonly struct QueryHits
{
    private readonly IReadOnlyList<string>? _ids;
    private readonly int[]? _documents;
    private readonly double[]? _scores;

    internal QueryHits(IReadOnlyList<string> ids, int[] documents, double[] scores) => (_ids, _documents, _scores) = (ids, documents, scores);

    /// <summary>Number of hits.</summary>
    public int Count => _documents?.Length ?? 0;

    /// <summary>The documents as positions in <see cref="RetrievalRun.DocumentIds"/>.</summary>
    public ReadOnlySpan<int> Documents => _documents;

    /// <summary>Their scores, in the same order.</summary>
    public ReadOnlySpan<double> Scores => _scores;

    /// <summary>Hit <paramref name="position"/> from 0.</summary>
    public Hit this[int position] => new(_ids![_documents![position]], _scores![position]);
}
