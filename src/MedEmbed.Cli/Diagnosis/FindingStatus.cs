namespace MedEmbed.Cli.Diagnosis;

/// <summary>How grave a finding is.</summary>
internal enum FindingStatus
{
    /// <summary>There, and works.</summary>
    Good,

    /// <summary>Worth knowing; nothing fails for it.</summary>
    Note,

    /// <summary>Needed and not there.</summary>
    Missing,
}
