namespace MedEmbed.Data.Outputs;

/// <summary>How a <see cref="ResumableOutput"/> is opened.</summary>
public sealed record ResumableOutputOptions
{
    /// <summary>Whether a finished output is replaced. Default false: it is an <see cref="OutputExistsException"/>.</summary>
    public bool Overwrite { get; init; }

    /// <summary>What the output is made from: command, model and input (see <see cref="OutputFingerprint"/>). An unfinished output of the same
    /// fingerprint is continued, any other is begun anew. Null, for input that cannot be told apart (standard input), always begins anew.</summary>
    public string? Fingerprint { get; init; }

    /// <summary>Where a path of <c>-</c> goes; null is the process's standard output. The output closes it.</summary>
    public Stream? StandardOutput { get; init; }
}
