namespace MedEmbed.Hub;

/// <summary>Puts one snapshot together under the model's lock: what is there is checked, what is missing copied or downloaded, and the folder gets its
/// name last.</summary>
internal sealed class SnapshotPull(HubClient hub, HubRepository repository, IReadOnlyList<HubFile> files, CacheLayout layout, IProgress<HubProgress>? progress)
{
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        string snapshot = layout.Snapshot(repository.Commit);
        bool complete = Directory.Exists(snapshot);
        string folder = complete ? snapshot : layout.Staging(repository.Commit);
        foreach (var file in files)
        {
            string path = Path.Combine(folder, file.Path);
            if (!await IsWholeAsync(path, file, cancellationToken).ConfigureAwait(false))
                await BringAsync(file, path, cancellationToken).ConfigureAwait(false);
            progress?.Report(new HubProgress(file.Path, file.Size, file.Size));
        }

        if (!complete)
            Directory.Move(folder, snapshot);
        Tidy();
    }

    private async Task BringAsync(HubFile file, string path, CancellationToken cancellationToken)
    {
        string download = Path.Combine(layout.Downloads, file.Checksum.Hex);
        if (!await IsWholeAsync(download, file, cancellationToken).ConfigureAwait(false)
            && !await CopyAsync(file, download, cancellationToken).ConfigureAwait(false))
            await hub.DownloadAsync(repository, file, download, progress, cancellationToken).ConfigureAwait(false);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.Move(download, path, overwrite: true);
    }

    /// <summary>Takes the file from another snapshot of this model, where one holds the same content at the same path.</summary>
    private async Task<bool> CopyAsync(HubFile file, string download, CancellationToken cancellationToken)
    {
        foreach (string commit in layout.Commits())
        {
            string path = Path.Combine(layout.Snapshot(commit), file.Path);
            if (commit == repository.Commit || !await IsWholeAsync(path, file, cancellationToken).ConfigureAwait(false))
                continue;
            File.Copy(path, download, overwrite: true);
            return await IsWholeAsync(download, file, cancellationToken).ConfigureAwait(false);
        }

        return false;
    }

    /// <summary>Removes what pulls of other commits left unfinished; nobody else works on this model now.</summary>
    private void Tidy()
    {
        Directory.Delete(layout.Downloads, recursive: true);
        foreach (string staging in Directory.EnumerateDirectories(layout.Snapshots, "*.partial"))
            Directory.Delete(staging, recursive: true);
    }

    private static async Task<bool> IsWholeAsync(string path, HubFile file, CancellationToken cancellationToken)
    {
        var information = new FileInfo(path);
        return information.Exists && information.Length == file.Size && await file.Checksum.MatchesAsync(path, cancellationToken).ConfigureAwait(false);
    }
}
