namespace MedEmbed.Hub;

/// <summary>A model folder and how it was found.</summary>
/// <param name="Name">The name that finds it again: a bundled name, a path, or <c>owner/name</c> with its revision where that is not <c>main</c>.</param>
/// <param name="Source">Where it comes from.</param>
/// <param name="Folder">Full path of the model folder.</param>
/// <param name="Cached">Commit and revisions, for a model from the cache.</param>
public sealed record ModelLocation(string Name, ModelSource Source, string Folder, CachedModel? Cached = null)
{
    /// <summary>Adds up the folder's files, in bytes; symbolic links count as the files they lead to.</summary>
    /// <exception cref="IOException">The folder cannot be read.</exception>
    public long MeasureSize() =>
        new DirectoryInfo(Folder).EnumerateFiles("*", SearchOption.AllDirectories)
            .Select(file => file.LinkTarget is null ? file : file.ResolveLinkTarget(returnFinalTarget: true) as FileInfo)
            .Sum(file => file is { Exists: true } ? file.Length : 0);

    internal static ModelLocation Of(CachedModel cached) => new(cached.Name, ModelSource.Cached, cached.Folder, cached);
}
