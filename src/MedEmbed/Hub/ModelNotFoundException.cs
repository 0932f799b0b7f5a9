namespace MedEmbed.Hub;

/// <summary>A name leads to no model. The message says where it was looked for, what there is, and what to do.</summary>
public sealed class ModelNotFoundException : FormatException
{
    /// <summary>Reports that <paramref name="model"/> leads nowhere.</summary>
    /// <param name="model">The name, path or hub id that was given.</param>
    /// <param name="problem">What was tried, and the remedy.</param>
    public ModelNotFoundException(string model, string problem)
        : base($"Model \"{model}\": {problem}") => Model = model;

    /// <summary>The name, path or hub id that was given.</summary>
    public string Model { get; }
}
