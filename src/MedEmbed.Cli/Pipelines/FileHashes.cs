using System.Security.Cryptography;
using System.Text.Json;
using MedEmbed.Data.Outputs;

namespace MedEmbed.Cli.Pipelines;

/// <summary>Content hashes of files and folders, kept in a file so that what has neither changed its size nor its time is not read again.</summary>
/// <remarks>Not thread-safe.</remarks>
internal sealed class FileHashes
{
    /// <summary>A file may change twice within a tick of its file system's clock: a time is trusted only once it is this old.</summary>
    private static readonly TimeSpan Settled = TimeSpan.FromSeconds(2);

    /// <summary>Names that begin with a dot are passed over, as those of desktop and version control are.</summary>
    private static readonly EnumerationOptions Below = new() { RecurseSubdirectories = true, MaxRecursionDepth = 16, IgnoreInaccessible = false };

    private readonly string _store;
    private readonly SortedDictionary<string, HashedFile> _known;

    private FileHashes(string store, SortedDictionary<string, HashedFile> known) => (_store, _known) = (store, known);

    /// <summary>Opens the hashes kept at <paramref name="store"/>; where they cannot be read, everything is hashed again.</summary>
    public static FileHashes Open(string store)
    {
        try
        {
            return new FileHashes(store, File.Exists(store) ? JsonSerializer.Deserialize<SortedDictionary<string, HashedFile>>(File.ReadAllBytes(store)) ?? [] : []);
        }
        catch (JsonException)
        {
            return new FileHashes(store, []);
        }
    }

    /// <summary>The hash of a file's content, or of the names and contents of a folder's files; null where nothing is there.</summary>
    /// <param name="path">Full path.</param>
    /// <param name="except">Full paths of what does not count.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<string?> OfAsync(string path, IReadOnlyList<string> except, CancellationToken cancellationToken)
    {
        if (File.Exists(path))
            return await OfFileAsync(path, cancellationToken).ConfigureAwait(false);
        if (!Directory.Exists(path))
            return null;
        using var hash = new OutputFingerprint();
        foreach (string file in Directory.EnumerateFiles(path, "*", Below).Where(file => !except.Any(left => PathOrder.IsWithin(file, left))).Order(StringComparer.Ordinal))
            hash.Add(Path.GetRelativePath(path, file), await OfFileAsync(file, cancellationToken).ConfigureAwait(false));
        return hash.ToString();
    }

    /// <summary>Keeps the hashes for the next time.</summary>
    public void Save()
    {
        foreach (string gone in _known.Keys.Where(path => !File.Exists(path)).ToArray())
            _known.Remove(gone);
        AtomicFile.Write(_store, stream => JsonSerializer.Serialize(stream, _known), overwrite: true);
    }

    private async Task<string> OfFileAsync(string path, CancellationToken cancellationToken)
    {
        var file = new FileInfo(path);
        FileInfo target = file.ResolveLinkTarget(returnFinalTarget: true) as FileInfo ?? file;
        (long size, DateTime time) = (target.Length, target.LastWriteTimeUtc);
        if (_known.TryGetValue(path, out HashedFile? known) && known.Size == size && known.Time == time.Ticks)
            return known.Hash;
        await using FileStream content = new(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.Asynchronous | FileOptions.SequentialScan);
        string hash = Convert.ToHexStringLower(await SHA256.HashDataAsync(content, cancellationToken).ConfigureAwait(false));
        if (DateTime.UtcNow - time > Settled)
            _known[path] = new HashedFile(size, time.Ticks, hash);
        return hash;
    }

    /// <param name="Size">Bytes.</param>
    /// <param name="Time">When it was last written, in ticks of UTC.</param>
    /// <param name="Hash">SHA-256.</param>
    private sealed record HashedFile(long Size, long Time, string Hash);
}
