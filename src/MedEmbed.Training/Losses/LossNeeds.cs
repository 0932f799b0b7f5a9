namespace MedEmbed.Training.Losses;

/// <summary>What a batch must carry beside queries and positives.</summary>
[Flags]
public enum LossNeeds
{
    /// <summary>Nothing else.</summary>
    None = 0,

    /// <summary>At least one negative a query.</summary>
    Negatives = 1,

    /// <summary>A teacher's scores of each query's own documents.</summary>
    TeacherScores = 2,

    /// <summary>A teacher's scores of each query with every document of the batch.</summary>
    TeacherBatchScores = 4,

    /// <summary>A guide model's vectors of the same texts.</summary>
    Guide = 8,
}
