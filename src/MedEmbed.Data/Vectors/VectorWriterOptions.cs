namespace MedEmbed.Data.Vectors;

/// <summary>How a <see cref="VectorWriter"/> writes.</summary>
public sealed record VectorWriterOptions
{
    /// <summary>The layout; null tells it from the extension (<c>.jsonl</c>, <c>.npy</c>, <c>.parquet</c>), and takes JSONL for <c>-</c>, pipes and devices.</summary>
    public VectorFormat? Format { get; init; }

    /// <summary>What the numbers are. Default single precision.</summary>
    public VectorElement Element { get; init; } = VectorElement.Float32;

    /// <summary>Whether a finished output is replaced. Default false.</summary>
    public bool Overwrite { get; init; }

    /// <summary>What the vectors are made from, so that an unfinished output is continued; null always begins anew.</summary>
    public string? Fingerprint { get; init; }

    /// <summary>Where a path of <c>-</c> goes; null is the process's standard output. The writer closes it.</summary>
    public Stream? StandardOutput { get; init; }

    /// <summary>How much time may pass between two savings, and so how much work a kill may lose. Default 5 s; zero saves after every vector, <see cref="Timeout.InfiniteTimeSpan"/> only at <see cref="VectorWriter.Save"/>.</summary>
    public TimeSpan SaveEvery { get; init; } = TimeSpan.FromSeconds(5);
}
