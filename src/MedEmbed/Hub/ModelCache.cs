namespace MedEmbed.Hub;

/// <summary>Models pulled from a hub, one folder a commit: <c>models/OWNER--NAME/snapshots/COMMIT</c>, and <c>refs/REVISION</c>, which holds the commit a
/// name stood at when it was last pulled.</summary>
/// <remarks>Any number of processes may share one cache. A snapshot folder appears complete or not at all, readers take no lock, and pulls of one model
/// wait for each other. Thread-safe.</remarks>
public sealed class ModelCache
{
    /// <summary>A cache in a folder.</summary>
    /// <param name="root">The cache's folder, which need not exist; null is <see cref="CacheFolder.Default"/>.</param>
    public ModelCache(string? root = null) => Root = Path.Combine(Path.GetFullPath(root ?? CacheFolder.Default), "models");

    /// <summary>Full path of the folder that holds a folder a model.</summary>
    public string Root { get; }

    /// <summary>Full path of a model's folder in the cache, there or not.</summary>
    public string FolderOf(HubId id)
    {
        ArgumentNullException.ThrowIfNull(id);
        return Path.Combine(Root, $"{id.Owner}--{id.Name}");
    }

    /// <summary>The model if it is complete in the cache, else null. No network and no write.</summary>
    public CachedModel? Find(HubId id)
    {
        ArgumentNullException.ThrowIfNull(id);
        var layout = new CacheLayout(FolderOf(id));
        string? commit = id.IsPinned ? id.Revision.ToLowerInvariant() : layout.ReadReference(id.Revision);
        return commit is not null && Directory.Exists(layout.Snapshot(commit)) ? Describe(layout, id, commit) : null;
    }

    /// <summary>Every complete model in the cache, by name, then commit.</summary>
    public IReadOnlyList<CachedModel> List()
    {
        if (!Directory.Exists(Root))
            return [];
        var models = new List<CachedModel>();
        foreach (string folder in Directory.EnumerateDirectories(Root).Order(StringComparer.Ordinal))
        {
            // An owner's and a model's name hold no "--", so the first one parts them.
            if (!HubId.TryParse(Path.GetFileName(folder).Replace("--", "/", StringComparison.Ordinal), out var id))
                continue;
            var layout = new CacheLayout(folder);
            models.AddRange(layout.Commits().Select(commit => Describe(layout, id, commit)));
        }

        return models;
    }

    /// <summary>Brings a model's newest state of its revision into the cache. A snapshot that is there is checked against the hub's checksums and mended;
    /// files it shares with another snapshot are copied.</summary>
    /// <param name="hub">Where to pull from.</param>
    /// <param name="id">The model and its revision.</param>
    /// <param name="includeOnnx">Takes <c>onnx/model.onnx</c> too where there are safetensors.</param>
    /// <param name="progress">Told as bytes arrive.</param>
    /// <param name="cancellationToken">Stops the pull; what was downloaded stays, and the next pull continues it.</param>
    /// <exception cref="HubException">The hub cannot give the model.</exception>
    /// <exception cref="IOException">The cache cannot be written.</exception>
    public async Task<CachedModel> PullAsync(
        HubClient hub, HubId id, bool includeOnnx = false, IProgress<HubProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(hub);
        var repository = await hub.GetRepositoryAsync(id, cancellationToken).ConfigureAwait(false);
        var files = ModelSelection.Of(repository, includeOnnx);
        var layout = new CacheLayout(FolderOf(id));
        using (await LockAsync(layout, FolderOf(id), cancellationToken).ConfigureAwait(false))
        {
            layout.Create();
            await new SnapshotPull(hub, repository, files, layout, progress).RunAsync(cancellationToken).ConfigureAwait(false);
            if (!id.IsPinned)
                layout.WriteReference(id.Revision, repository.Commit);
        }

        return Describe(layout, id, repository.Commit);
    }

    private static async Task<FolderLock> LockAsync(CacheLayout layout, string folder, CancellationToken cancellationToken)
    {
        try
        {
            Directory.CreateDirectory(folder);
            return await FolderLock.AcquireAsync(layout.LockFile, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"{folder}: the cache cannot be written: {e.Message} Set {CacheFolder.Variable} to a folder that can.", e);
        }
    }

    private static CachedModel Describe(CacheLayout layout, HubId id, string commit) =>
        new(id.At(commit), layout.Snapshot(commit), layout.ReferencesTo(commit));
}
