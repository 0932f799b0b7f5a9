namespace MedEmbed.Data.Judgments;

/// <summary>The judged documents of one query, by id in ordinal order.</summary>
public readonly struct JudgedDocuments
{
    private readonly string[]? _ids;
    private readonly int[]? _grades;

    internal JudgedDocuments(string[] ids, int[] grades) => (_ids, _grades) = (ids, grades);

    /// <summary>Number of judged documents.</summary>
    public int Count => _ids?.Length ?? 0;

    /// <summary>Their ids, ascending by UTF-16 code units (<see cref="StringComparer.Ordinal"/>).</summary>
    public ReadOnlySpan<string> DocumentIds => _ids;

    /// <summary>Their grades, in the order of <see cref="DocumentIds"/>.</summary>
    public ReadOnlySpan<int> Grades => _grades;

    /// <summary>The grade of a document; false where it is not judged.</summary>
    public bool TryGetGrade(string documentId, out int grade)
    {
        int position = _ids is null ? -1 : Array.BinarySearch(_ids, documentId, StringComparer.Ordinal);
        grade = position < 0 ? 0 : _grades![position];
        return position >= 0;
    }
}
