namespace MedEmbed.Models;

/// <summary>What a caller says in place of files that a model folder lacks.</summary>
public sealed record ModelOverrides
{
    /// <summary>Pooling, where the folder has no <c>modules.json</c>; null where the folder says it.</summary>
    public PoolingMode? Pooling { get; init; }

    /// <summary>Whether vectors are scaled to unit length, where the folder has no <c>modules.json</c>.</summary>
    public bool Normalize { get; init; } = true;

    /// <summary>A smaller maximum length in tokens than the folder's; null keeps the folder's.</summary>
    public int? MaxLength { get; init; }
}
