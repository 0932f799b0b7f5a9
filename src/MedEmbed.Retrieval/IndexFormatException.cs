namespace MedEmbed.Retrieval;

/// <summary>An index on disk is damaged, foreign, of a newer version, or made for another model. The message names the file, the rule and the remedy.</summary>
public sealed class IndexFormatException : FormatException
{
    /// <summary>Reports a fault in <paramref name="file"/>.</summary>
    /// <param name="file">Path of the faulty file or folder.</param>
    /// <param name="problem">What is wrong, which rule it breaks, and what to do.</param>
    /// <param name="innerException">The cause, where another error led to this one.</param>
    public IndexFormatException(string file, string problem, Exception? innerException = null)
        : base($"{file}: {problem}", innerException) => File = file;

    /// <summary>Path of the faulty file or folder.</summary>
    public string File { get; }
}
