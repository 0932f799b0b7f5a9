namespace MedEmbed.Vectors;

/// <summary>Decides between items of equal score. A strict total order, so that a selection does not depend on the order of arrival.</summary>
public interface ITieOrder
{
    /// <summary>Whether item <paramref name="a"/> ranks before item <paramref name="b"/>.</summary>
    bool Before(long a, long b);
}
