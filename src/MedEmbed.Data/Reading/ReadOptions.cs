namespace MedEmbed.Data.Reading;

/// <summary>Limits and tolerance of every reader of this library. Immutable; each value is checked when it is set.</summary>
public record ReadOptions
{
    /// <summary>The defaults.</summary>
    public static ReadOptions Default { get; } = new();

    /// <summary>Whether a faulty line is left out and counted in <see cref="BadLines"/> instead of ending the read with an error. Default false.</summary>
    public bool SkipBadLines { get; init; }

    /// <summary>Bytes a line may have, its end not counted. Default 64 MB; at most 512 MB.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Below 1 or above 2^29.</exception>
    public int MaxLineBytes
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, 1 << 29);
            field = value;
        }
    } = 64 << 20;

    /// <summary>Levels a JSON line may be nested. Default 64.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Below 1.</exception>
    public int MaxJsonDepth
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            field = value;
        }
    } = 64;

    /// <summary>Bytes a file may have after decompression. Default 1 TB, which stops a decompression bomb before it fills a disk downstream.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Below 1.</exception>
    public long MaxBytes
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            field = value;
        }
    } = 1L << 40;
}
