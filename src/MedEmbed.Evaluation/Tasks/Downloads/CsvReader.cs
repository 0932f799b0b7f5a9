using System.Diagnostics.CodeAnalysis;
using System.Text;
using MedEmbed.Data;

namespace MedEmbed.Evaluation.Tasks.Downloads;

/// <summary>Records of a CSV file (RFC 4180): quoted fields may hold commas, ends of lines and doubled quotes; blank lines are passed over.</summary>
internal sealed class CsvReader(TextReader input, string file)
{
    private const int End = -1;

    private readonly StringBuilder _field = new();
    private long _line = 1;

    /// <summary>Line, from 1, where the last record begins.</summary>
    public long RecordLine { get; private set; }

    /// <exception cref="DataFormatException">A quote is not closed, or stands where none may.</exception>
    public bool TryRead([NotNullWhen(true)] out IReadOnlyList<string>? fields)
    {
        while (input.Peek() is '\r' or '\n')
            SkipEndOfLine();
        fields = null;
        if (input.Peek() == End)
            return false;
        RecordLine = _line;
        List<string> record = [];
        do
            record.Add(input.Peek() == '"' ? ReadQuoted() : ReadPlain());
        while (TrySkipComma());
        fields = record;
        return true;
    }

    private string ReadPlain()
    {
        _field.Clear();
        while (input.Peek() is not (End or ',' or '\r' or '\n'))
            _field.Append((char)input.Read());
        return _field.ToString();
    }

    private string ReadQuoted()
    {
        _field.Clear();
        input.Read();
        while (true)
        {
            int next = input.Read();
            if (next == End)
                throw new DataFormatException(file, RecordLine, "a quoted field of the record that begins here is not closed before the file's end.");
            if (next == '"' && input.Peek() != '"')
                return _field.ToString();
            if (next == '"')
                input.Read();
            if (next == '\n')
                _line++;
            _field.Append((char)next);
        }
    }

    private bool TrySkipComma()
    {
        switch (input.Peek())
        {
            case ',':
                input.Read();
                return true;
            case '\r' or '\n':
                SkipEndOfLine();
                return false;
            case End:
                return false;
            default:
                throw new DataFormatException(file, _line, "text stands behind a closing quote; a comma or the end of the line must follow.");
        }
    }

    private void SkipEndOfLine()
    {
        if (input.Read() == '\r' && input.Peek() == '\n')
            input.Read();
        _line++;
    }
}
