namespace MedEmbed.Encoding;

/// <summary>Vectors as rows of one block of memory, row-major.</summary>
/// <remarks>Not copied: whoever holds the matrix may read and change it. Reading from several threads is safe while nobody writes.</remarks>
public sealed class EmbeddingMatrix
{
    private readonly float[] _values;

    /// <summary>Wraps <paramref name="values"/> (<paramref name="rows"/> × <paramref name="dimensions"/>, row-major) without copying.</summary>
    /// <exception cref="ArgumentException">The length of <paramref name="values"/> is not rows × dimensions.</exception>
    public EmbeddingMatrix(int rows, int dimensions, float[] values)
    {
        ArgumentNullException.ThrowIfNull(values);
        ArgumentOutOfRangeException.ThrowIfNegative(rows);
        ArgumentOutOfRangeException.ThrowIfLessThan(dimensions, 1);
        if (values.LongLength != (long)rows * dimensions)
            throw new ArgumentException($"{rows} rows of {dimensions} numbers are {(long)rows * dimensions} values, not {values.LongLength}.", nameof(values));
        (Rows, Dimensions, _values) = (rows, dimensions, values);
    }

    /// <summary>An all-zero matrix.</summary>
    public EmbeddingMatrix(int rows, int dimensions)
        : this(rows, dimensions, new float[checked(rows * dimensions)])
    {
    }

    /// <summary>Number of vectors.</summary>
    public int Rows { get; }

    /// <summary>Numbers a vector has.</summary>
    public int Dimensions { get; }

    /// <summary>Vector <paramref name="row"/>.</summary>
    public Span<float> this[int row] => _values.AsSpan(row * Dimensions, Dimensions);

    /// <summary>All values, row after row.</summary>
    public Memory<float> Values => _values;

    /// <summary>Vector <paramref name="row"/> as memory that may outlive the call.</summary>
    public ReadOnlyMemory<float> Row(int row) => _values.AsMemory(row * Dimensions, Dimensions);
}
