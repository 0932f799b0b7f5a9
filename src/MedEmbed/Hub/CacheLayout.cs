namespace MedEmbed.Hub;

/// <summary>Where the files of one cached model lie.</summary>
internal sealed class CacheLayout(string folder)
{
    public string LockFile => Path.Combine(folder, ".lock");

    /// <summary>Complete snapshots, a folder a commit.</summary>
    public string Snapshots => Path.Combine(folder, "snapshots");

    /// <summary>Files on their way, named by checksum, so that a download continues even where the branch has moved on meanwhile.</summary>
    public string Downloads => Path.Combine(folder, "downloads");

    private string References => Path.Combine(folder, "refs");

    public string Snapshot(string commit) => Path.Combine(Snapshots, commit);

    /// <summary>Where a snapshot is put together before it gets its name.</summary>
    public string Staging(string commit) => Path.Combine(Snapshots, commit + ".partial");

    /// <summary>Makes the folders; under the lock, since a finished pull removes some.</summary>
    public void Create()
    {
        Directory.CreateDirectory(Snapshots);
        Directory.CreateDirectory(References);
        Directory.CreateDirectory(Downloads);
    }

    public IEnumerable<string> Commits() =>
        Directory.Exists(Snapshots)
            ? Directory.EnumerateDirectories(Snapshots).Select(path => Path.GetFileName(path))
                .Where(name => HubChecksum.IsHex(name, 40)).Order(StringComparer.Ordinal)
            : [];

    /// <summary>The commit a name stood at when it was last pulled, or null.</summary>
    public string? ReadReference(string revision)
    {
        string path = ReferenceFile(revision);
        string? commit = File.Exists(path) ? File.ReadAllText(path).Trim() : null;
        return HubChecksum.IsHex(commit, 40) ? commit : null;
    }

    public IReadOnlyList<string> ReferencesTo(string commit) =>
        Directory.Exists(References)
            ? [.. Directory.EnumerateFiles(References).Select(path => Uri.UnescapeDataString(Path.GetFileName(path)))
                .Where(revision => ReadReference(revision) == commit).Order(StringComparer.Ordinal)]
            : [];

    public void WriteReference(string revision, string commit)
    {
        string path = ReferenceFile(revision);
        string partial = path + ".partial";
        File.WriteAllText(partial, commit);
        File.Move(partial, path, overwrite: true);
    }

    // A branch's name may hold '/': refs/pr/1.
    private string ReferenceFile(string revision) => Path.Combine(References, Uri.EscapeDataString(revision));
}
