namespace MedEmbed.Data.Outputs;

/// <summary>A finished output stands where one is to be written, and was not to be replaced.</summary>
public sealed class OutputExistsException : IOException
{
    /// <summary>Reports the output at <paramref name="path"/>.</summary>
    public OutputExistsException(string path)
        : base($"{path}: is there already and finished; pass --overwrite to replace it, or name another output.") =>
        Path = path;

    /// <summary>The output that is there.</summary>
    public string Path { get; }
}
