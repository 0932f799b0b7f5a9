using System.Globalization;

namespace MedEmbed.Data;

/// <summary>A data file says something that cannot be used. The message names the file, line and field, the rule and the remedy.</summary>
public sealed class DataFormatException : FormatException
{
    /// <summary>Reports a fault in <paramref name="file"/>.</summary>
    /// <param name="file">Path of the faulty file, <c>-</c> for standard input.</param>
    /// <param name="line">Line from 1, or null where the fault belongs to no line.</param>
    /// <param name="problem">What is wrong, which rule it breaks, and what to do.</param>
    /// <param name="innerException">The cause, where another error led to this one.</param>
    public DataFormatException(string file, long? line, string problem, Exception? innerException = null)
        : base(line is { } number ? string.Create(CultureInfo.InvariantCulture, $"{file}:{number}: {problem}") : $"{file}: {problem}", innerException)
    {
        File = file;
        Line = line;
    }

    /// <summary>Path of the faulty file, <c>-</c> for standard input.</summary>
    public string File { get; }

    /// <summary>Line from 1, or null where the fault belongs to no line.</summary>
    public long? Line { get; }
}
