namespace MedEmbed.Evaluation.Tasks;

/// <summary>How the data at hand stands to a benchmark's official data.</summary>
public enum DataAgreement
{
    /// <summary>It is, to the byte of every text and judgment, the copy that the toolkit's own results come from.</summary>
    RegisteredCopy,

    /// <summary>It is another copy, whose every statistic is the official data's.</summary>
    OfficialStatistics,

    /// <summary>It is neither.</summary>
    Different,
}
