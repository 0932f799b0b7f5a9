namespace MedEmbed.Synthesis;

/// <summary>A file given to synthesis (notes, prompts, batch responses, stored completions) breaks a rule; the message names file, place, rule and remedy.</summary>
public sealed class SynthesisFormatException : FormatException
{
    /// <summary>Reports a fault of <paramref name="file"/>.</summary>
    /// <param name="file">The file, with its line where there is one (<c>file:line</c>).</param>
    /// <param name="problem">The field, the rule and the remedy.</param>
    /// <param name="cause">What was thrown below; null where nothing was.</param>
    public SynthesisFormatException(string file, string problem, Exception? cause = null)
        : base($"{file}: {problem}", cause) => File = file;

    /// <summary>The file that is at fault.</summary>
    public string File { get; }
}
