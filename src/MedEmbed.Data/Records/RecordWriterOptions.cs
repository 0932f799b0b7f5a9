namespace MedEmbed.Data.Records;

/// <summary>How a <see cref="RecordWriter{T}"/> writes.</summary>
public sealed record RecordWriterOptions
{
    /// <summary>Whether a finished output is replaced. Default false.</summary>
    public bool Overwrite { get; init; }

    /// <summary>What the records are made from (see <see cref="Outputs.OutputFingerprint"/>), so that an unfinished output is continued; null always begins anew.</summary>
    public string? Fingerprint { get; init; }

    /// <summary>Where a path of <c>-</c> goes; null is the process's standard output. The writer closes it.</summary>
    public Stream? StandardOutput { get; init; }

    /// <summary>How much time may pass between two savings. Default 5 s; zero saves after every record, <see cref="Timeout.InfiniteTimeSpan"/> only at
    /// <see cref="RecordWriter{T}.Save"/>, which is for callers that save a state of their own.</summary>
    public TimeSpan SaveEvery { get; init; } = TimeSpan.FromSeconds(5);
}
