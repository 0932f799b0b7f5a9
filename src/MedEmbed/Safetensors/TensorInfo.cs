using System.Globalization;

namespace MedEmbed.Safetensors;

/// <summary>A tensor's name, place and form in a safetensors file.</summary>
/// <param name="Name">Name in the file.</param>
/// <param name="TypeName">Number format as the file writes it, such as <c>F16</c> or <c>I64</c>.</param>
/// <param name="Shape">Sizes, outermost first; empty for a scalar.</param>
/// <param name="Offset">First byte, from the start of the file.</param>
/// <param name="ByteLength">Bytes of data.</param>
public sealed record TensorInfo(string Name, string TypeName, IReadOnlyList<long> Shape, long Offset, long ByteLength)
{
    /// <summary>Numbers the tensor has.</summary>
    public long ElementCount => Shape.Aggregate(1L, (product, size) => checked(product * size));

    /// <summary>The shape as <c>[30522, 384]</c>.</summary>
    public string ShapeText => $"[{string.Join(", ", Shape.Select(size => size.ToString(CultureInfo.InvariantCulture)))}]";
}
