using System.Text;

namespace MedEmbed.Data.Records;

/// <summary>A field of <typeparamref name="T"/>: its name in JSON and Parquet, what it holds, and its value in a record (null where it has none).</summary>
/// <remarks>The value is a string, a double, or a list of strings or floats, as <paramref name="kind"/> says.</remarks>
internal sealed class RecordField<T>(string name, RecordFieldKind kind, Func<T, object?> valueOf)
{
    public string Name => name;

    public byte[] Utf8Name { get; } = Encoding.UTF8.GetBytes(name);

    public RecordFieldKind Kind => kind;

    public object? ValueOf(T record) => valueOf(record);
}
