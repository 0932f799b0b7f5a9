namespace MedEmbed.Hub;

/// <summary>Turns what a user calls a model into a model folder: a path, a bundled name, or a hub id, which is pulled where the cache lacks it.</summary>
/// <remarks>Thread-safe. A model in the cache is used as it is, without asking the hub whether its branch has moved; a pull does that. The caller keeps
/// <paramref name="hub"/>.</remarks>
/// <param name="catalog">The models this machine has.</param>
/// <param name="hub">Where missing ones come from.</param>
public sealed class ModelResolver(ModelCatalog catalog, HubClient hub)
{
    /// <summary>Finds a model, pulling it when it is a hub id that the cache lacks and the network is allowed.</summary>
    /// <remarks>In this order: a model folder at that path; a bundled name; any other folder at that path; <c>owner/name</c> or
    /// <c>owner/name@revision</c>.</remarks>
    /// <exception cref="ModelNotFoundException">The name leads to no model here, or to one that may not be fetched now.</exception>
    /// <exception cref="HubException">The hub cannot give the model.</exception>
    public async Task<ModelLocation> ResolveAsync(string model, IProgress<HubProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        if (FindLocal(model) is { } found)
            return found;
        if (!HubId.TryParse(model, out var id, hub.Options.Revision))
        {
            string reason = LooksLikePath(model) ? "there is no such folder" : "it is neither a folder, nor a bundled model, nor a hub id (owner/name)";
            throw new ModelNotFoundException(model, $"{reason}. {Available(model)}");
        }

        if (hub.Options.Offline)
        {
            throw new ModelNotFoundException(model,
                $"it is not in the cache ({catalog.Cache.FolderOf(id)}), and {HubOptions.OfflineVariable}=1 forbids the network. "
                + $"Unset it and run \"medembed model pull {model}\", here or on a connected machine whose cache folder you copy. {Available(model)}");
        }

        return ModelLocation.Of(await catalog.Cache.PullAsync(hub, id, progress: progress, cancellationToken: cancellationToken).ConfigureAwait(false));
    }

    /// <summary>Finds a model without the network: a path, a bundled name, or a hub id that the cache holds; null where there is none.</summary>
    public ModelLocation? FindLocal(string model)
    {
        ArgumentNullException.ThrowIfNull(model);
        if (model.Length == 0)
            return null;
        bool exists = Directory.Exists(model);
        if (exists && ModelCatalog.IsModelFolder(model))
            return AtPath(model);
        if (catalog.FindBundled(model) is { } bundled)
            return bundled;
        if (exists)
            return AtPath(model);
        return HubId.TryParse(model, out var id, hub.Options.Revision) && catalog.Cache.Find(id) is { } cached ? ModelLocation.Of(cached) : null;
    }

    private static ModelLocation AtPath(string path) => new(path, ModelSource.Folder, Path.GetFullPath(path));

    private static bool LooksLikePath(string model) =>
        Path.IsPathRooted(model) || model.StartsWith('.') || model.StartsWith('~')
        || model.Contains('\\', StringComparison.Ordinal) || model.Count(c => c == '/') > 1;

    private string Available(string model)
    {
        string[] names = [.. catalog.List().Select(location => location.Name).Distinct(StringComparer.Ordinal)];
        if (names.Length == 0)
            return $"There are no models in {string.Join(", ", catalog.Roots)} or {catalog.Cache.Root}: pull one with \"medembed model pull owner/name\".";
        string nearest = NearestName.Of(model, names) is { } name ? $"Did you mean \"{name}\"? " : "";
        return $"{nearest}Available: {string.Join(", ", names)}.";
    }
}
