namespace MedEmbed.Hub;

/// <summary>Where a model folder comes from.</summary>
public enum ModelSource
{
    /// <summary>A folder that was named by its path.</summary>
    Folder,

    /// <summary>A folder below one of the bundled models' roots.</summary>
    Bundled,

    /// <summary>A snapshot in the cache, pulled from a hub.</summary>
    Cached,
}
