using MedEmbed.Data.Reading;
using Parquet;
using Parquet.Schema;

namespace MedEmbed.Data.Records;

/// <summary>A Parquet file made from spooled JSON lines: every field a column, lists as Parquet lists, fields without a value null.</summary>
internal sealed class ParquetRecordForm<T>(RecordSchema<T> schema)
{
    /// <summary>Rows a row group has at most.</summary>
    public const int MaxGroupRows = 10_000;

    // Keeps the memory of a group in bounds where rows are long, as with dozens of negatives.
    private const long MaxGroupBytes = 64 << 20;

    public async Task ConvertAsync(Stream spool, Stream parquet, CancellationToken cancellationToken)
    {
        Field[] columns = [.. schema.Fields.Select(Column)];
        ParquetSchema parquetSchema = new(columns);
        ParquetOptions options = new() { CompressionMethod = CompressionMethod.Zstd, CompressionLevel = System.IO.Compression.CompressionLevel.Fastest };
        await using ParquetWriter writer = await ParquetWriter.CreateAsync(parquetSchema, parquet, options, cancellationToken: cancellationToken).ConfigureAwait(false);
        await using InputFile input = InputFile.Over(spool, "the spooled records", leaveOpen: true);
        ReadOptions limits = new() { MaxLineBytes = 1 << 29, MaxBytes = long.MaxValue };
        using Utf8LineReader lines = new(input, limits);
        JsonRecords<T> json = new(schema);
        List<T> rows = [];
        long bytes = 0;
        while (await lines.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            rows.Add(json.Parse(lines.Line.Span, lines.Number, limits.MaxJsonDepth));
            bytes += lines.Line.Length;
            if (rows.Count < MaxGroupRows && bytes < MaxGroupBytes)
                continue;
            await WriteGroupAsync(writer, parquetSchema.DataFields, rows, cancellationToken).ConfigureAwait(false);
            rows.Clear();
            bytes = 0;
        }

        if (rows.Count > 0)
            await WriteGroupAsync(writer, parquetSchema.DataFields, rows, cancellationToken).ConfigureAwait(false);
    }

    private static Field Column(RecordField<T> field) => field.Kind switch
    {
        RecordFieldKind.Text or RecordFieldKind.Id => new DataField<string>(field.Name, nullable: true),
        RecordFieldKind.Number => new DataField<double>(field.Name, nullable: true),
        RecordFieldKind.Texts => new ListField(field.Name, new DataField<string>("element", nullable: false)),
        _ => new ListField(field.Name, new DataField<float>("element", nullable: false)),
    };

    private async Task WriteGroupAsync(ParquetWriter writer, DataField[] columns, List<T> rows, CancellationToken cancellationToken)
    {
        using ParquetRowGroupWriter group = writer.CreateRowGroup();
        for (int i = 0; i < columns.Length; i++)
        {
            RecordField<T> field = schema.Fields[i];
            IEnumerable<object?> values = rows.Select(field.ValueOf);
            switch (field.Kind)
            {
                case RecordFieldKind.Texts:
                    await WriteListsAsync(group, columns[i], values.Cast<IReadOnlyList<string>?>(), text => text.AsMemory(), cancellationToken).ConfigureAwait(false);
                    break;
                case RecordFieldKind.Numbers:
                    await WriteListsAsync(group, columns[i], values.Cast<IReadOnlyList<float>?>(), number => number, cancellationToken).ConfigureAwait(false);
                    break;
                case RecordFieldKind.Number:
                    await group.WriteAsync<double>(columns[i], values.Cast<double?>().ToArray(), cancellationToken: cancellationToken).ConfigureAwait(false);
                    break;
                default:
                    await group.WriteAsync(columns[i], values.Cast<string>().ToArray()).ConfigureAwait(false);
                    break;
            }
        }
    }

    private static async Task WriteListsAsync<TElement, TValue>(
        ParquetRowGroupWriter group, DataField column, IEnumerable<IReadOnlyList<TElement>?> lists, Func<TElement, TValue> convert, CancellationToken cancellationToken)
        where TValue : struct
    {
        List<TValue> values = [];
        List<int> definitions = [];
        List<int> repetitions = [];
        int valueLevel = column.MaxDefinitionLevel;
        foreach (IReadOnlyList<TElement>? list in lists)
        {
            if (list is null or { Count: 0 })
            {
                definitions.Add(list is null ? 0 : valueLevel - 1);
                repetitions.Add(0);
                continue;
            }

            for (int i = 0; i < list.Count; i++)
            {
                values.Add(convert(list[i]));
                definitions.Add(valueLevel);
                repetitions.Add(i == 0 ? 0 : 1);
            }
        }

        await group.WriteAllPartsAsync<TValue>(column, values.ToArray(), definitions.ToArray(), repetitions.ToArray(), cancellationToken).ConfigureAwait(false);
    }
}
