using System.Text;

namespace MedEmbed.Data.Judgments;

/// <summary>A line of columns as characters, in a buffer that is used again for the next line.</summary>
internal sealed class ColumnLine
{
    private readonly Range[] _ranges;
    private char[] _characters = new char[256];
    private int _length;

    /// <param name="maxColumns">Columns told apart; a line with more reports one more.</param>
    public ColumnLine(int maxColumns) => _ranges = new Range[maxColumns + 1];

    /// <summary>Columns of the line.</summary>
    public int Count { get; private set; }

    public ReadOnlySpan<char> this[int column] => _characters.AsSpan(0, _length)[_ranges[column]];

    /// <summary>Splits at every tab.</summary>
    public void SplitAtTabs(ReadOnlySpan<byte> line) => Count = Decode(line).Split(_ranges, '\t', StringSplitOptions.TrimEntries);

    /// <summary>Splits at runs of blanks and tabs.</summary>
    public void SplitAtWhiteSpace(ReadOnlySpan<byte> line) => Count = Decode(line).SplitAny(_ranges, " \t", StringSplitOptions.RemoveEmptyEntries);

    private ReadOnlySpan<char> Decode(ReadOnlySpan<byte> line)
    {
        if (_characters.Length < line.Length)
            _characters = new char[line.Length * 2];
        _length = Encoding.UTF8.GetChars(line, _characters);
        return _characters.AsSpan(0, _length);
    }
}
