using System.Globalization;
using System.Numerics;
using MedEmbed.Data.Reading;

namespace MedEmbed.Data.Records;

/// <summary>The rows of one row group as field values.</summary>
internal sealed class ParquetRecordRows<T>
{
    private readonly RecordSchema<T> _schema;
    private readonly Array?[] _columns;

    private ParquetRecordRows(RecordSchema<T> schema, Array?[] columns, int count) => (_schema, _columns, Count) = (schema, columns, count);

    public int Count { get; }

    /// <exception cref="LineFaultException">A value is of another type than the field's.</exception>
    public RecordValues this[int row]
    {
        get
        {
            RecordValues values = _schema.Empty();
            for (int i = 0; i < _columns.Length; i++)
                values[i] = _columns[i] is { } column ? ValueOf(column.GetValue(row), _schema.Fields[i]) : null;
            return values;
        }
    }

    public static async Task<ParquetRecordRows<T>> ReadAsync(ParquetTable table, int group, RecordSchema<T> schema, CancellationToken cancellationToken)
    {
        Array?[] columns = new Array?[schema.Fields.Count];
        for (int i = 0; i < columns.Length; i++)
            columns[i] = await ReadColumnAsync(table, group, schema.Fields[i], cancellationToken).ConfigureAwait(false);
        return new ParquetRecordRows<T>(schema, columns, table.RowsOf(group));
    }

    private static async Task<Array?> ReadColumnAsync(ParquetTable table, int group, RecordField<T> field, CancellationToken cancellationToken)
    {
        bool list = field.Kind is RecordFieldKind.Texts or RecordFieldKind.Numbers;
        if (!table.HasColumn(field.Name, list))
            return null;
        return list
            ? await table.ReadListsAsync(group, field.Name, cancellationToken).ConfigureAwait(false)
            : await table.ReadStringsAsync(group, field.Name, cancellationToken).ConfigureAwait(false);
    }

    private static object? ValueOf(object? value, RecordField<T> field) => field.Kind switch
    {
        _ when value is null => null,
        RecordFieldKind.Number => NumberOf<double>((string)value, field.Name),
        RecordFieldKind.Texts => TextsOf((string?[])value, field.Name),
        RecordFieldKind.Numbers => NumbersOf((string?[])value, field.Name),
        RecordFieldKind.Id when value is "" => throw new LineFaultException($"field \"{field.Name}\" is empty; give an id, or leave the field out."),
        _ => value,
    };

    private static List<string> TextsOf(string?[] elements, string field)
    {
        List<string> texts = new(elements.Length);
        foreach (string? element in elements)
            texts.Add(element ?? throw new LineFaultException($"field \"{ElementOf(field, texts.Count)}\" is null; it must be a string."));
        return texts;
    }

    private static List<float> NumbersOf(string?[] elements, string field)
    {
        List<float> numbers = new(elements.Length);
        foreach (string? element in elements)
            numbers.Add(NumberOf<float>(element, ElementOf(field, numbers.Count)));
        return numbers;
    }

    private static TNumber NumberOf<TNumber>(string? written, string field)
        where TNumber : struct, INumberBase<TNumber> =>
        TNumber.TryParse(written, NumberStyles.Float, CultureInfo.InvariantCulture, out TNumber number) && TNumber.IsFinite(number)
            ? number
            : throw new LineFaultException($"field \"{field}\" is {(written is null ? "null" : $"\"{written}\"")}; it must be a finite number.");

    private static string ElementOf(string field, int index) => string.Create(CultureInfo.InvariantCulture, $"{field}[{index}]");
}
