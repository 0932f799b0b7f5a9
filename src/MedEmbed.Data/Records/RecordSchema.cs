using MedEmbed.Data.Reading;

namespace MedEmbed.Data.Records;

/// <summary>One kind of record on disk: its fields, in the order they are written, and its rules. Reading and writing, JSON and Parquet, follow from it.</summary>
internal sealed class RecordSchema<T>
{
    /// <summary>The fields in the order they are written. Other fields of a file are passed over.</summary>
    public required IReadOnlyList<RecordField<T>> Fields { get; init; }

    /// <summary>Makes a record of values and the line's number from 0; what is missing and needed is a <see cref="LineFaultException"/>.</summary>
    public required Func<RecordValues, long, T> Build { get; init; }

    /// <summary>Which rule a record breaks, as <c>field "pos" is empty; …</c>; null where it breaks none.</summary>
    public required Func<T, string?> FindFault { get; init; }

    /// <exception cref="LineFaultException">The record breaks a rule.</exception>
    public T Make(RecordValues values, long number)
    {
        T record = Build(values, number);
        return FindFault(record) is { } fault
            ? throw new LineFaultException($"{fault} Fix the line, or leave faulty lines out (SkipBadLines).")
            : record;
    }

    public RecordValues Empty() => new([.. Fields.Select(field => field.Name)]);
}
