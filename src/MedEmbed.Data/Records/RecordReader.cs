using System.Runtime.CompilerServices;
using MedEmbed.Data.Reading;

namespace MedEmbed.Data.Records;

/// <summary>Streams records of one kind from Parquet (<c>.parquet</c>) or JSONL (any other name), compressed (<c>.gz</c>, <c>.zst</c>) or not; <c>-</c> is standard input.</summary>
/// <remarks>Memory is that of the longest line, or of one row group. Fields that the kind does not know are passed over.
/// One enumeration at a time; the counters may be read between two records.</remarks>
public sealed class RecordReader<T>
{
    private readonly RecordSchema<T> _schema;
    private readonly ReadOptions _options;

    internal RecordReader(string path, RecordSchema<T> schema, ReadOptions? options)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        (Path, _schema, _options) = (path, schema, options ?? ReadOptions.Default);
    }

    /// <summary>The file; <c>-</c> is standard input.</summary>
    public string Path { get; }

    /// <summary>Lines (rows of Parquet) passed so far, and so the line number, from 1, of the record given last.</summary>
    public long LinesRead { get; private set; }

    /// <summary>Bytes read of the file as it lies on disk.</summary>
    public long BytesRead { get; private set; }

    /// <summary>Bytes of the file as it lies on disk; null for pipes and before the enumeration.</summary>
    public long? BytesTotal { get; private set; }

    /// <summary>Lines left out because of <see cref="ReadOptions.SkipBadLines"/>.</summary>
    public BadLines BadLines { get; private set; } = new();

    /// <summary>The records in file order. Nothing is opened before the enumeration.</summary>
    /// <exception cref="DataFormatException">A line breaks a rule (unless bad lines are skipped), or the file is damaged or over a limit.</exception>
    /// <exception cref="IOException">The file is missing or cannot be read.</exception>
    public IAsyncEnumerable<T> ReadAsync(CancellationToken cancellationToken = default)
    {
        (LinesRead, BytesRead, BytesTotal, BadLines) = (0, 0, null, new BadLines());
        return InputFile.FormatExtension(Path) == ".parquet" ? ReadParquetAsync(cancellationToken) : ReadLinesAsync(cancellationToken);
    }

    private async IAsyncEnumerable<T> ReadLinesAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using InputFile input = InputFile.Open(Path);
        using Utf8LineReader lines = new(input, _options);
        BytesTotal = input.Length;
        JsonRecords<T> json = new(_schema);
        LineStream<T> stream = new(input, _options, BadLines, (line, number) => json.Parse(line, number, _options.MaxJsonDepth));
        await foreach (T record in stream.ReadAsync(lines, cancellationToken).ConfigureAwait(false))
        {
            (LinesRead, BytesRead) = (lines.Number + 1, input.BytesRead);
            yield return record;
        }

        (LinesRead, BytesRead) = (lines.Number + 1, input.BytesRead);
    }

    private async IAsyncEnumerable<T> ReadParquetAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using ParquetTable table = await ParquetTable.OpenAsync(Path, cancellationToken).ConfigureAwait(false);
        BytesTotal = new FileInfo(Path).Length;
        for (int group = 0; group < table.RowGroups; group++)
        {
            ParquetRecordRows<T> rows = await ParquetRecordRows<T>.ReadAsync(table, group, _schema, cancellationToken).ConfigureAwait(false);
            for (int row = 0; row < rows.Count; row++)
            {
                LinesRead++;
                if (TryMake(rows, row, out T? record))
                    yield return record;
            }
        }

        BytesRead = BytesTotal.Value;
    }

    private bool TryMake(ParquetRecordRows<T> rows, int row, [System.Diagnostics.CodeAnalysis.MaybeNullWhen(false)] out T record)
    {
        try
        {
            record = _schema.Make(rows[row], LinesRead - 1);
            return true;
        }
        catch (LineFaultException fault)
        {
            DataFormatException error = new(Path, LinesRead, fault.Message, fault);
            if (!_options.SkipBadLines)
                throw error;
            BadLines.Add(error);
            record = default;
            return false;
        }
    }
}
