namespace MedEmbed;

/// <summary>A model's file says something that cannot be used. The message names the file, the field where there is one, the rule and the remedy.</summary>
public sealed class ModelFormatException : FormatException
{
    /// <summary>Reports a fault in <paramref name="file"/>.</summary>
    /// <param name="file">Path of the faulty file.</param>
    /// <param name="problem">What is wrong, which rule it breaks, and what to do.</param>
    /// <param name="innerException">The cause, where another error led to this one.</param>
    public ModelFormatException(string file, string problem, Exception? innerException = null)
        : base($"{file}: {problem}", innerException) => File = file;

    /// <summary>Path of the faulty file.</summary>
    public string File { get; }
}
