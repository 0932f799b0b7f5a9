namespace MedEmbed.Training.Libtorch;

/// <summary>libtorch is missing or does not load; the message says what was looked for and how to get it.</summary>
public sealed class LibtorchException : Exception
{
    /// <summary>Says what is wrong and what to do.</summary>
    public LibtorchException(string message)
        : base(message)
    {
    }

    /// <summary>Says what is wrong and what to do.</summary>
    public LibtorchException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
