using System.Globalization;

namespace MedEmbed.Evaluation.Leaderboards;

/// <summary>A result file says something that cannot be used. The message names the file, the line or field, the rule and the remedy.</summary>
public sealed class ResultFormatException : FormatException
{
    /// <summary>Reports a fault in <paramref name="file"/>.</summary>
    /// <param name="file">Path of the faulty file.</param>
    /// <param name="line">Line from 1, or null where the fault belongs to a field rather than a line.</param>
    /// <param name="problem">The field, what is wrong, which rule it breaks, and what to do.</param>
    /// <param name="innerException">The cause, where another error led to this one.</param>
    public ResultFormatException(string file, long? line, string problem, Exception? innerException = null)
        : base(line is { } number ? string.Create(CultureInfo.InvariantCulture, $"{file}:{number}: {problem}") : $"{file}: {problem}", innerException) =>
        File = file;

    /// <summary>Path of the faulty file.</summary>
    public string File { get; }
}
