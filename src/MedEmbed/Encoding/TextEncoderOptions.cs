using MedEmbed.Graph;
using MedEmbed.Models;

namespace MedEmbed.Encoding;

/// <summary>How a <see cref="TextEncoder"/> is set up. Immutable; checked when the encoder is opened.</summary>
public sealed record TextEncoderOptions
{
    /// <summary>What the model computes in.</summary>
    public Precision Precision { get; init; } = Precision.F32;

    /// <summary>Threads that compute, at least 1; null takes one a processor.</summary>
    public int? Threads { get; init; }

    /// <summary>Tokens a batch may have, padding included; a longer single text is a batch of its own.</summary>
    public int BatchTokens { get; init; } = 512;

    /// <summary>Run the folder's exported <c>onnx/model.onnx</c> although the graph could be built from the weights. Without weights it is used anyway.</summary>
    public bool PreferExportedGraph { get; init; }

    /// <summary>What to take for files that the folder lacks.</summary>
    public ModelOverrides? Overrides { get; init; }

    /// <summary>Where built graphs are kept; null takes <c>graphs</c> in <see cref="CacheFolder.Default"/>.</summary>
    public string? GraphCacheFolder { get; init; }

    internal int EffectiveThreads => Threads ?? Environment.ProcessorCount;

    internal void Validate()
    {
        if (Threads is { } threads)
            ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1, nameof(Threads));
        ArgumentOutOfRangeException.ThrowIfLessThan(BatchTokens, 1, nameof(BatchTokens));
    }
}
