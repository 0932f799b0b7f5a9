namespace MedEmbed.Training.Runs;

/// <summary>A run that cannot go on; the message says at which step, on which texts, what is kept, and what to do.</summary>
public sealed class TrainingException(string message, Exception? inner = null) : Exception(message, inner);
