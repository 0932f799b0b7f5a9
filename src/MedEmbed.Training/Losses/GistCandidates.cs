namespace MedEmbed.Training.Losses;

/// <summary>What a pair is contrasted with in <see cref="GistLoss"/>.</summary>
public enum GistCandidates
{
    /// <summary>All documents and all queries seen from the query, and all positives seen from the positive.</summary>
    All,

    /// <summary>All documents seen from the query.</summary>
    QueriesToDocuments,
}
