namespace MedEmbed.Safetensors;

/// <summary>A tensor to be written whose numbers are made when their turn comes, so that a file can be larger than memory.</summary>
/// <remarks>Immutable; the values are asked for once a file that is written.</remarks>
public sealed class TensorSource
{
    private readonly Action<Stream> _write;

    private TensorSource(string name, string typeName, int elementSize, IReadOnlyList<long> shape, Action<Stream> write)
    {
        (Name, TypeName, ElementSize, Shape, _write) = (name, typeName, elementSize, shape, write);
    }

    /// <summary>Name in the file.</summary>
    public string Name { get; }

    /// <summary>Number format as the file names it, such as <c>F16</c>.</summary>
    public string TypeName { get; }

    /// <summary>Sizes, outermost first.</summary>
    public IReadOnlyList<long> Shape { get; }

    /// <summary>Bytes the values take in the file.</summary>
    internal long ByteLength { get; private init; }

    /// <summary>Bytes of one number; by it the file is ordered.</summary>
    internal int ElementSize { get; }

    /// <summary>A tensor of f32 <paramref name="values"/>, stored as <paramref name="type"/>.</summary>
    /// <param name="name">Name in the file.</param>
    /// <param name="type">Number format in the file.</param>
    /// <param name="shape">Sizes, outermost first.</param>
    /// <param name="values">Gives the numbers in row-major order; asked when the tensor is written.</param>
    public static TensorSource Of(string name, TensorType type, IReadOnlyList<long> shape, Func<ReadOnlyMemory<float>> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(shape);
        int size = type == TensorType.F32 ? 4 : 2;
        return new TensorSource(name, type.ToString(), size, [.. shape], stream => SafetensorsWriter.WriteValues(stream, new TensorData(name, type, shape, values())))
        {
            ByteLength = shape.Aggregate((long)size, (product, length) => checked(product * length)),
        };
    }

    /// <summary>A tensor of <paramref name="file"/> as it is stored there, in whatever format.</summary>
    /// <param name="file">The file, which stays open until the tensor is written.</param>
    /// <param name="name">The tensor's name, there and in the new file.</param>
    /// <exception cref="ModelFormatException">The file has no such tensor.</exception>
    public static TensorSource CopyOf(SafetensorsFile file, string name)
    {
        ArgumentNullException.ThrowIfNull(file);
        TensorInfo info = file.Find(name);
        int size = info.ElementCount == 0 ? 1 : (int)(info.ByteLength / info.ElementCount);
        return new TensorSource(name, info.TypeName, size, info.Shape, stream => file.CopyTo(name, stream)) { ByteLength = info.ByteLength };
    }

    internal static TensorSource Of(TensorData tensor) => Of(tensor.Name, tensor.Type, tensor.Shape, () => tensor.Values);

    internal void WriteTo(Stream stream)
    {
        long start = stream.Position;
        _write(stream);
        if (stream.Position - start != ByteLength)
            throw new InvalidOperationException($"Tensor \"{Name}\" took {stream.Position - start} bytes where its form has {ByteLength}.");
    }
}
