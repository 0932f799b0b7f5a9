using Parquet.Schema;

namespace MedEmbed.Data.Reading;

/// <summary>Lists of a Parquet column, put together from values and levels (Dremel's encoding, one level of repetition).</summary>
internal static class ParquetLists
{
    /// <summary>The list of every row; null where the list is null, and null for elements that are.</summary>
    /// <exception cref="InvalidDataException">The levels do not make as many rows.</exception>
    public static string?[]?[] Assemble<T>(DataField field, int rows, ReadOnlySpan<T> values, ReadOnlySpan<int> definitions, ReadOnlySpan<int> repetitions, Func<T, string> write)
    {
        // The highest level means a value; one below it, where elements may be null, a null element; then an empty list; below that a null one.
        int valueLevel = field.MaxDefinitionLevel;
        int elementLevel = field.IsNullable ? valueLevel - 1 : valueLevel;
        string?[]?[] lists = new string?[]?[rows];
        List<string?> list = [];
        int value = 0;
        int row = -1;
        for (int entry = 0; entry < definitions.Length; entry++)
        {
            if (repetitions[entry] == 0)
            {
                Close(lists, row, list);
                if (++row >= rows)
                    throw new InvalidDataException("The levels make more rows than the row group has.");
                lists[row] = definitions[entry] >= elementLevel - 1 ? [] : null;
            }

            if (definitions[entry] == valueLevel)
                list.Add(write(values[value++]));
            else if (definitions[entry] >= elementLevel)
                list.Add(null);
        }

        Close(lists, row, list);
        return row == rows - 1 ? lists : throw new InvalidDataException("The levels make fewer rows than the row group has.");
    }

    private static void Close(string?[]?[] lists, int row, List<string?> list)
    {
        if (list.Count > 0)
            lists[row] = [.. list];
        list.Clear();
    }
}
