using System.Globalization;
using MedEmbed.Data.Reading;

namespace MedEmbed.Data.Judgments;

/// <summary>Reads BEIR lines (query, document, grade, tabs between) and TREC lines (query, iteration, document, grade, white space between); the first line tells which.</summary>
internal sealed class QrelsLineParser(QrelsBuilder builder)
{
    private const string Forms = "a line is query-id, corpus-id, score with tabs between (BEIR) or query, iteration, document, grade (TREC)";

    private readonly ColumnLine _columns = new(maxColumns: 4);
    private int _columnsOfFile;

    /// <summary>Adds the line's judgment; false for the header.</summary>
    public bool Parse(ReadOnlySpan<byte> line)
    {
        bool first = _columnsOfFile == 0;
        if (first)
            _columnsOfFile = ColumnsOf(line);
        Split(line);
        if (_columns.Count != _columnsOfFile)
            throw new LineFaultException($"the line has {_columns.Count} columns and needs {_columnsOfFile}; {Forms}.");
        int documentColumn = _columnsOfFile - 2;
        ReadOnlySpan<char> written = _columns[_columnsOfFile - 1];
        if (first && written.IndexOfAnyInRange('0', '9') < 0 && !written.IsEmpty)
            return false;
        if (!int.TryParse(written, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int grade))
            throw new LineFaultException($"column \"score\" is \"{written}\", which is no whole number; grades are whole numbers, relevant from 1 up.");
        Add(_columns[0], _columns[documentColumn], grade);
        return true;
    }

    /// <summary>Adds a judgment from columns that are apart already.</summary>
    public void Add(ReadOnlySpan<char> queryId, ReadOnlySpan<char> documentId, int grade)
    {
        if (queryId.IsEmpty || documentId.IsEmpty)
            throw new LineFaultException($"the {(queryId.IsEmpty ? "query" : "document")} id is empty; {Forms}.");
        if (!builder.TryAdd(queryId, documentId, grade, out int earlier))
        {
            throw new LineFaultException(string.Create(
                CultureInfo.InvariantCulture,
                $"query \"{queryId}\" and document \"{documentId}\" are judged {grade} here and {earlier} on an earlier line; remove one of the two."));
        }
    }

    private int ColumnsOf(ReadOnlySpan<byte> line)
    {
        _columns.SplitAtTabs(line);
        if (_columns.Count == 3)
            return 3;
        _columns.SplitAtWhiteSpace(line);
        return _columns.Count == 4 ? 4 : throw new LineFaultException($"the line has {_columns.Count} columns; {Forms}.");
    }

    private void Split(ReadOnlySpan<byte> line)
    {
        if (_columnsOfFile == 3)
            _columns.SplitAtTabs(line);
        else
            _columns.SplitAtWhiteSpace(line);
    }
}
