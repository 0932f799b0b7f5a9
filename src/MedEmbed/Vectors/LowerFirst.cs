namespace MedEmbed.Vectors;

/// <summary>Ties go to the lower item number.</summary>
public readonly struct LowerFirst : ITieOrder
{
    /// <inheritdoc/>
    public bool Before(long a, long b) => a < b;
}
