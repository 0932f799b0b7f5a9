using System.IO.MemoryMappedFiles;
using System.Numerics.Tensors;

namespace MedEmbed.Safetensors;

/// <summary>A safetensors file, memory-mapped for reading.</summary>
/// <remarks>Thread-safe for reading until disposed. The header and every offset are checked against the file's length before the file is mapped.</remarks>
public sealed unsafe class SafetensorsFile : IDisposable
{
    private readonly MemoryMappedFile _mapping;
    private readonly MemoryMappedViewAccessor _view;
    private readonly byte* _start;
    private bool _disposed;

    private SafetensorsFile(string path, IReadOnlyDictionary<string, TensorInfo> tensors, IReadOnlyDictionary<string, string> metadata, MemoryMappedFile mapping)
    {
        (Path, Tensors, Metadata, _mapping) = (path, tensors, metadata, mapping);
        _view = mapping.CreateViewAccessor(0, 0, MemoryMappedFileAccess.Read);
        byte* pointer = null;
        _view.SafeMemoryMappedViewHandle.AcquirePointer(ref pointer);
        _start = pointer + _view.PointerOffset;
    }

    /// <summary>Path the file was opened from.</summary>
    public string Path { get; }

    /// <summary>All tensors by name.</summary>
    public IReadOnlyDictionary<string, TensorInfo> Tensors { get; }

    /// <summary>The header's <c>__metadata__</c>; empty where there is none.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>Opens <paramref name="path"/> and checks its header.</summary>
    /// <exception cref="ModelFormatException">The file is truncated, its header is malformed, or its lengths lie.</exception>
    public static SafetensorsFile Open(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
        var (tensors, metadata) = SafetensorsHeader.Read(path, stream);
        var mapping = MemoryMappedFile.CreateFromFile(stream, null, 0, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: true);
        return new SafetensorsFile(path, tensors, metadata, mapping);
    }

    /// <summary>Reads a tensor as f32, whatever it is stored in.</summary>
    /// <param name="name">Name of a tensor in <see cref="Tensors"/>.</param>
    /// <param name="destination">As many numbers as the tensor has, in its own order.</param>
    /// <exception cref="ModelFormatException">The file has no such tensor, or it is stored in another format than f32, f16 or bf16.</exception>
    /// <exception cref="ArgumentException"><paramref name="destination"/> has another length than the tensor.</exception>
    public void Read(string name, Span<float> destination)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        TensorInfo tensor = Find(name);
        TensorType type = TypeOf(tensor);
        if (tensor.ElementCount != destination.Length)
            throw new ArgumentException($"Tensor \"{name}\" has {tensor.ElementCount} numbers, not {destination.Length}.", nameof(destination));
        byte* source = _start + tensor.Offset;
        switch (type)
        {
            case TensorType.F32:
                new ReadOnlySpan<float>(source, destination.Length).CopyTo(destination);
                break;
            case TensorType.F16:
                TensorPrimitives.ConvertToSingle(new ReadOnlySpan<Half>(source, destination.Length), destination);
                break;
            case TensorType.BF16:
                FromBFloat16(new ReadOnlySpan<ushort>(source, destination.Length), destination);
                break;
        }
    }

    /// <summary>Reads a tensor as a new f32 array.</summary>
    /// <exception cref="ModelFormatException">The file has no such tensor, it is stored in another format than f32, f16 or bf16, or it is too large for an array.</exception>
    public float[] Read(string name)
    {
        TensorInfo tensor = Find(name);

        // Only of these formats has the header's check compared the shape with the bytes that are there.
        _ = TypeOf(tensor);
        if (tensor.ElementCount > Array.MaxLength)
            throw new ModelFormatException(Path, $"stores tensor \"{name}\" of {tensor.ShapeText}; a tensor may have {Array.MaxLength} numbers.");
        float[] values = new float[tensor.ElementCount];
        Read(name, values);
        return values;
    }

    /// <summary>Writes a tensor's bytes as they are stored, in whatever number format.</summary>
    /// <exception cref="ModelFormatException">The file has no such tensor.</exception>
    public void CopyTo(string name, Stream destination)
    {
        ArgumentNullException.ThrowIfNull(destination);
        ObjectDisposedException.ThrowIf(_disposed, this);
        TensorInfo tensor = Find(name);
        const int Block = 1 << 20;
        for (long start = 0; start < tensor.ByteLength; start += Block)
            destination.Write(new ReadOnlySpan<byte>(_start + tensor.Offset + start, (int)Math.Min(Block, tensor.ByteLength - start)));
    }

    /// <summary>The tensor's form; an error that names the file where there is none of that name.</summary>
    /// <exception cref="ModelFormatException">The file has no such tensor.</exception>
    public TensorInfo Find(string name) =>
        Tensors.TryGetValue(name, out TensorInfo? tensor)
            ? tensor
            : throw new ModelFormatException(Path, $"has no tensor \"{name}\", which the model's config.json asks for. Weights and config belong to different models, or the file is incomplete.");

    /// <summary>The number format of <paramref name="tensor"/>.</summary>
    /// <exception cref="ModelFormatException">It is none of f32, f16 and bf16.</exception>
    public TensorType TypeOf(TensorInfo tensor)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        return tensor.TypeName switch
        {
            "F32" => TensorType.F32,
            "F16" => TensorType.F16,
            "BF16" => TensorType.BF16,
            _ => throw new ModelFormatException(Path, $"stores tensor \"{tensor.Name}\" as {tensor.TypeName}; weights must be F32, F16 or BF16. Save the model again in one of these."),
        };
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_disposed)
            return;
        _disposed = true;
        _view.SafeMemoryMappedViewHandle.ReleasePointer();
        _view.Dispose();
        _mapping.Dispose();
    }

    private static void FromBFloat16(ReadOnlySpan<ushort> source, Span<float> destination)
    {
        for (int i = 0; i < source.Length; i++)
            destination[i] = BitConverter.UInt32BitsToSingle((uint)source[i] << 16);
    }
}
