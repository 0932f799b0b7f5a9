namespace MedEmbed.Evaluation;

/// <summary>A run or its judgments cannot be evaluated. The message names the query and document, the rule and the remedy.</summary>
public sealed class EvaluationException : FormatException
{
    /// <summary>Reports what is wrong, which rule it breaks, and what to do.</summary>
    public EvaluationException(string message)
        : base(message)
    {
    }

    /// <summary>The same, with the error that led to this one.</summary>
    public EvaluationException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
