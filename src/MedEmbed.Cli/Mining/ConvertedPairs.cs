namespace MedEmbed.Cli.Mining;

/// <summary>Pairs made of another form for one run, beside its output, and gone with it.</summary>
internal sealed class ConvertedPairs(string path) : IDisposable
{
    public string Path => path;

    public void Dispose() => File.Delete(path);
}
