using System.Globalization;
using Parquet;
using Parquet.Schema;

namespace MedEmbed.Data.Reading;

/// <summary>Columns of a Parquet file by name, a row group at a time; damage is a <see cref="DataFormatException"/>.</summary>
internal sealed class ParquetTable : IAsyncDisposable
{
    private readonly string _path;
    private readonly ParquetReader _reader;

    private ParquetTable(string path, ParquetReader reader) => (_path, _reader) = (path, reader);

    public int RowGroups => _reader.RowGroupCount;

    /// <summary>The columns, for error messages.</summary>
    public string ColumnNames => string.Join(", ", _reader.Schema.DataFields.Select(column => $"\"{column.Path}\""));

    /// <summary>The names of columns, lists and structures.</summary>
    public IReadOnlyList<string> TopLevelNames => [.. _reader.Schema.Fields.Select(column => column.Name)];

    public static async Task<ParquetTable> OpenAsync(string path, CancellationToken cancellationToken)
    {
        FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        try
        {
            return new ParquetTable(path, await ParquetReader.CreateAsync(file, leaveStreamOpen: false, cancellationToken: cancellationToken).ConfigureAwait(false));
        }
        catch (Exception failure)
        {
            await file.DisposeAsync().ConfigureAwait(false);
            if (failure is OperationCanceledException)
                throw;
            throw new DataFormatException(path, null, "is no readable Parquet file (its footer is damaged or missing); fetch or write it again.", failure);
        }
    }

    public bool Has(string column) => Find(column) is not null;

    /// <summary>Whether there is a column of that name.</summary>
    /// <exception cref="DataFormatException">There is, but it holds lists where single values are needed, or the other way round.</exception>
    public bool HasColumn(string column, bool list)
    {
        if ((list ? FindList(column) : Find(column)) is not null)
            return true;
        return TopLevelNames.Contains(column)
            ? throw new DataFormatException(_path, null, $"column \"{column}\" holds {(list ? "single values" : "lists or structures")}; it must hold {(list ? "lists" : "single values")}.")
            : false;
    }

    /// <summary>Rows of a row group.</summary>
    public int RowsOf(int group) => checked((int)_reader.RowGroups[group].RowCount);

    /// <summary>A list column's values as strings, as <see cref="ReadStringsAsync"/> has them; null for a list that is null.</summary>
    public ValueTask<string?[]?[]> ReadListsAsync(int group, string column, CancellationToken cancellationToken)
    {
        DataField field = FindList(column)!;
        Type type = field.ClrType;
        if (type == typeof(string) || type == typeof(ReadOnlyMemory<char>))
            return ReadListsAsync<ReadOnlyMemory<char>>(group, field, text => text.ToString(), cancellationToken);
        if (type == typeof(long))
            return ReadListsAsync<long>(group, field, Invariant, cancellationToken);
        if (type == typeof(int))
            return ReadListsAsync<int>(group, field, Invariant, cancellationToken);
        if (type == typeof(double))
            return ReadListsAsync<double>(group, field, Invariant, cancellationToken);
        if (type == typeof(float))
            return ReadListsAsync<float>(group, field, Invariant, cancellationToken);
        throw new DataFormatException(_path, null, $"column \"{column}\" holds lists of {type.Name}; strings or numbers are needed.");
    }

    /// <summary>A column's values as strings: strings as they are, numbers in invariant form, booleans as <c>true</c> and <c>false</c>.</summary>
    public ValueTask<string?[]> ReadStringsAsync(int group, string column, CancellationToken cancellationToken)
    {
        DataField field = Find(column)!;
        Type type = field.ClrType;
        if (type == typeof(string) || type == typeof(ReadOnlyMemory<char>))
            return ReadTextsAsync(group, field, cancellationToken);
        if (type == typeof(long))
            return ReadValuesAsync<long>(group, field, Invariant, cancellationToken);
        if (type == typeof(int))
            return ReadValuesAsync<int>(group, field, Invariant, cancellationToken);
        if (type == typeof(double))
            return ReadValuesAsync<double>(group, field, Invariant, cancellationToken);
        if (type == typeof(float))
            return ReadValuesAsync<float>(group, field, Invariant, cancellationToken);
        if (type == typeof(bool))
            return ReadValuesAsync<bool>(group, field, truth => truth ? "true" : "false", cancellationToken);
        throw new DataFormatException(_path, null, $"column \"{column}\" holds {type.Name}; strings, numbers or booleans are needed.");
    }

    public ValueTask DisposeAsync() => _reader.DisposeAsync();

    private DataField? Find(string column) => _reader.Schema.DataFields.FirstOrDefault(candidate => candidate.Path.ToString() == column);

    private DataField? FindList(string column) =>
        _reader.Schema.DataFields.FirstOrDefault(candidate => candidate.MaxRepetitionLevel == 1 && candidate.Path.FirstPart == column);

    private static string Invariant<T>(T number)
        where T : IFormattable => number.ToString(null, CultureInfo.InvariantCulture);

    private ValueTask<string?[]?[]> ReadListsAsync<T>(int group, DataField field, Func<T, string> write, CancellationToken cancellationToken)
        where T : struct =>
        GuardAsync(group, field, async rows =>
        {
            int entries = checked((int)rows.GetMetadata(field)!.MetaData!.NumValues);
            T[] values = new T[entries];
            int[] definitions = new int[entries];
            int[] repetitions = new int[entries];
            await rows.ReadRawAsync<T>(field, values, definitions, repetitions, cancellationToken).ConfigureAwait(false);
            return ParquetLists.Assemble(field, checked((int)rows.RowCount), values, definitions, repetitions, write);
        });

    private ValueTask<string?[]> ReadTextsAsync(int group, DataField field, CancellationToken cancellationToken) =>
        GuardAsync(group, field, async rows =>
        {
            string?[] texts = new string?[rows.RowCount];
            await rows.ReadAsync(field, texts, null, cancellationToken).ConfigureAwait(false);
            return texts;
        });

    private ValueTask<string?[]> ReadValuesAsync<T>(int group, DataField field, Func<T, string> write, CancellationToken cancellationToken)
        where T : struct =>
        GuardAsync(group, field, async rows =>
        {
            T?[] values = new T?[rows.RowCount];
            if (field.IsNullable)
            {
                await rows.ReadAsync<T>(field, values.AsMemory(), null, cancellationToken).ConfigureAwait(false);
            }
            else
            {
                T[] plain = new T[rows.RowCount];
                await rows.ReadAsync<T>(field, plain.AsMemory(), null, cancellationToken).ConfigureAwait(false);
                values = Array.ConvertAll(plain, value => (T?)value);
            }

            return Array.ConvertAll(values, value => value is { } given ? write(given) : null);
        });

    private async ValueTask<TResult> GuardAsync<TResult>(int group, DataField field, Func<ParquetRowGroupReader, ValueTask<TResult>> read)
    {
        try
        {
            using ParquetRowGroupReader rows = _reader.OpenRowGroupReader(group);
            return await read(rows).ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            throw new DataFormatException(_path, null, $"column \"{field.Path}\" of row group {group} cannot be read; the file is damaged or uses a Parquet feature that is not supported.", failure);
        }
    }
}
