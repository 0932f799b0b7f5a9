namespace MedEmbed.Training.Sampling;

/// <summary>How the sources share batches.</summary>
public enum BatchMixing
{
    /// <summary>Every batch is from one source.</summary>
    OneSource,

    /// <summary>Every batch has examples of all sources.</summary>
    Mixed,
}
