namespace MedEmbed.Data.Reading;

/// <summary>What is wrong with the line at hand; becomes a <see cref="DataFormatException"/> where file and line are known.</summary>
internal sealed class LineFaultException(string problem, Exception? innerException = null) : FormatException(problem, innerException);
