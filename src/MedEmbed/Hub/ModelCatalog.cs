namespace MedEmbed.Hub;

/// <summary>The models this machine has by name: bundled ones in a few root folders, and those in the cache.</summary>
/// <remarks>Reads the disk at each call. Thread-safe.</remarks>
public sealed class ModelCatalog
{
    /// <summary>The variable that lists more root folders, parted as in PATH.</summary>
    public const string RootsVariable = "MEDEMBED_MODELS";

    /// <summary>A catalogue over root folders and a cache.</summary>
    /// <param name="roots">Folders that hold a folder a model; the first that has a name wins, and missing ones are passed over.</param>
    /// <param name="cache">Models pulled from a hub.</param>
    public ModelCatalog(IEnumerable<string> roots, ModelCache cache)
    {
        ArgumentNullException.ThrowIfNull(roots);
        ArgumentNullException.ThrowIfNull(cache);
        Roots = [.. roots.Select(Path.GetFullPath).Distinct(StringComparer.Ordinal)];
        Cache = cache;
    }

    /// <summary>Full paths of the folders that hold bundled models, there or not.</summary>
    public IReadOnlyList<string> Roots { get; }

    /// <summary>Models pulled from a hub.</summary>
    public ModelCache Cache { get; }

    /// <summary>The catalogue of an environment: the roots in <c>MEDEMBED_MODELS</c>, then <paramref name="roots"/>, then <c>models</c> beside the
    /// application; the cache of <see cref="CacheFolder.For"/>.</summary>
    /// <param name="environment">Gives a variable's value, or null; this process's environment where it is null itself.</param>
    /// <param name="roots">More roots.</param>
    public static ModelCatalog FromEnvironment(Func<string, string?>? environment = null, params IEnumerable<string> roots)
    {
        environment ??= Environment.GetEnvironmentVariable;
        string[] listed = environment(RootsVariable)?.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];
        return new ModelCatalog([.. listed, .. roots, Path.Combine(AppContext.BaseDirectory, "models")], new ModelCache(CacheFolder.For(environment)));
    }

    /// <summary>The bundled model of that name, or null.</summary>
    public ModelLocation? FindBundled(string name) =>
        Bundled().FirstOrDefault(model => string.Equals(model.Name, name, StringComparison.Ordinal));

    /// <summary>Bundled models by name, then cached ones by name and commit.</summary>
    public IReadOnlyList<ModelLocation> List() => [.. Bundled(), .. Cache.List().Select(ModelLocation.Of)];

    internal static bool IsModelFolder(string folder) =>
        File.Exists(Path.Combine(folder, "config.json")) || File.Exists(Path.Combine(folder, "modules.json"));

    private IEnumerable<ModelLocation> Bundled() =>
        Roots.Where(Directory.Exists).SelectMany(Directory.EnumerateDirectories).Where(IsModelFolder)
            .Select(folder => new ModelLocation(Path.GetFileName(folder), ModelSource.Bundled, folder))
            .DistinctBy(model => model.Name, StringComparer.Ordinal).OrderBy(model => model.Name, StringComparer.Ordinal);
}
