namespace MedEmbed.Data.Outputs;

/// <summary>How the writing of an output began.</summary>
public enum OutputStart
{
    /// <summary>There was nothing unfinished.</summary>
    New,

    /// <summary>An unfinished output of the same fingerprint is continued.</summary>
    Continued,

    /// <summary>An unfinished output was there, but of another fingerprint or damaged; it was dropped.</summary>
    Restarted,

    /// <summary>A pipe or device is written directly; it cannot be continued.</summary>
    Direct,
}
