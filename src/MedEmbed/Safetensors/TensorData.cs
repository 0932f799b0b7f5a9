namespace MedEmbed.Safetensors;

/// <summary>A tensor to be written.</summary>
public sealed record TensorData
{
    /// <summary>Describes a tensor whose f32 <paramref name="values"/> are stored as <paramref name="type"/>.</summary>
    /// <exception cref="ArgumentException"><paramref name="values"/> do not fill <paramref name="shape"/>, a size is negative, or the format keeps the name for itself.</exception>
    public TensorData(string name, TensorType type, IReadOnlyList<long> shape, ReadOnlyMemory<float> values)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(shape);
        if (name == SafetensorsHeader.MetadataName)
            throw new ArgumentException($"No tensor can be named \"{name}\": the format keeps that name for metadata.", nameof(name));
        if (shape.Any(size => size < 0))
            throw new ArgumentException($"Tensor \"{name}\" has a negative size in its shape [{string.Join(", ", shape)}].", nameof(shape));
        long count = shape.Aggregate(1L, (product, size) => checked(product * size));
        if (count != values.Length)
            throw new ArgumentException($"Tensor \"{name}\" of shape [{string.Join(", ", shape)}] needs {count} numbers, not {values.Length}.", nameof(values));
        (Name, Type, Shape, Values) = (name, type, [.. shape], values);
    }

    /// <summary>Name in the file.</summary>
    public string Name { get; }

    /// <summary>Number format in the file.</summary>
    public TensorType Type { get; }

    /// <summary>Sizes, outermost first.</summary>
    public IReadOnlyList<long> Shape { get; }

    /// <summary>Values in row-major order.</summary>
    public ReadOnlyMemory<float> Values { get; }

    /// <summary>Bytes the values take in the file.</summary>
    public long ByteLength => Values.Length * (Type == TensorType.F32 ? 4L : 2L);
}
