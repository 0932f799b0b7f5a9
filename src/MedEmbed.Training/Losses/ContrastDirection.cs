namespace MedEmbed.Training.Losses;

/// <summary>What is contrasted with what in <see cref="InfoNceLoss"/>.</summary>
public enum ContrastDirection
{
    /// <summary>Each query against all documents.</summary>
    QueriesToDocuments,

    /// <summary>Each query against all documents, and each positive against all queries: the mean of two losses.</summary>
    Symmetric,

    /// <summary>Each pair against all documents and queries, seen from its query and from its positive, in one softmax.</summary>
    JointBidirectional,
}
