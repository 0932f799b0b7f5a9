using MedEmbed.Encoding;
using MedEmbed.Retrieval.Flat.Storage;

namespace MedEmbed.Retrieval.Flat;

/// <summary>Builds an index from batches of documents, however many. It grows in <c>FOLDER.partial</c> and takes its place when complete.</summary>
/// <remarks>
/// <para>A build that was killed is continued by starting the same one again: the documents of whole segments are there still, and
/// <see cref="ResumedDocuments"/> says how many of the first ones to leave out. What a build makes does not depend on where it was interrupted,
/// unless <see cref="Checkpoint"/> was used.</para>
/// <para>One builder at a time for a folder, held by a lock file. Not thread-safe.</para>
/// </remarks>
public sealed class FlatIndexBuilder : IDisposable
{
    internal const string PartialSuffix = ".partial";

    private readonly string _folder;
    private readonly string _partial;
    private readonly bool _overwrite;
    private readonly WriterLock _lock;
    private readonly IndexTransaction _transaction;
    private readonly BuildEntry _build;
    private int _segments;
    private bool _discarded;

    private FlatIndexBuilder(string folder, string fingerprint, bool overwrite, WriterLock writerLock, IndexTransaction transaction)
    {
        (_folder, _partial, _overwrite) = (folder, folder + PartialSuffix, overwrite);
        (_lock, _transaction) = (writerLock, transaction);
        _build = new BuildEntry(fingerprint, Complete: false);
        ResumedDocuments = transaction.Documents;
        _segments = transaction.Manifest.Segments.Count;
    }

    /// <summary>Documents that an interrupted build left behind: the first ones, in the order in which they were added. 0: none.</summary>
    public long ResumedDocuments { get; }

    /// <summary>Documents added, those resumed included.</summary>
    public long Documents => _transaction.Documents;

    /// <summary>Starts a build, or continues an interrupted one.</summary>
    /// <param name="folder">Where the finished index goes.</param>
    /// <param name="options">What it holds.</param>
    /// <param name="fingerprint">Identifies inputs and settings, such as a hash of the corpus and of the model: only an interrupted build of the same fingerprint and
    /// options is continued, that of another is discarded.</param>
    /// <param name="overwrite">Whether a finished index in <paramref name="folder"/> is replaced, at once when the new one is complete.</param>
    /// <exception cref="IOException">The folder exists and <paramref name="overwrite"/> is false or it holds something else than an index; or another build is at work.</exception>
    public static FlatIndexBuilder Start(string folder, FlatIndexOptions options, string fingerprint, bool overwrite = false)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentException.ThrowIfNullOrEmpty(fingerprint);
        options.Validate();
        if (!BitConverter.IsLittleEndian)
            throw new PlatformNotSupportedException("Indexes are little-endian and are used in place, which a big-endian processor cannot do.");
        folder = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        RequireFree(folder, overwrite);
        string partial = folder + PartialSuffix;
        Directory.CreateDirectory(partial);
        WriterLock writerLock = WriterLock.Acquire(partial);
        try
        {
            IndexManifest fresh = IndexManifest.Of(options) with { Build = new BuildEntry(fingerprint, Complete: false) };
            IndexManifest manifest = Interrupted(partial, fresh) ?? fresh;
            if (manifest.Generation == 0)
                File.Delete(Path.Combine(partial, ManifestFile.FileName));
            StaleFiles.Delete(partial, manifest);
            return new FlatIndexBuilder(folder, fingerprint, overwrite, writerLock, new IndexTransaction(partial, manifest));
        }
        catch
        {
            writerLock.Dispose();
            throw;
        }
    }

    /// <summary>Adds a document.</summary>
    /// <exception cref="ArgumentException">The id is in the index already; or the vector's dimensions or numbers, the strings or the metadata break a rule.</exception>
    public void Add(IndexedDocument document, ReadOnlySpan<float> vector)
    {
        ArgumentNullException.ThrowIfNull(document);
        _transaction.Add(document, vector);
        if (_transaction.SegmentCount == _segments)
            return;
        _transaction.Commit(_build, merge: false, CancellationToken.None, flush: false);
        _segments = _transaction.SegmentCount;
    }

    /// <summary>Adds documents with one row of <paramref name="vectors"/> each.</summary>
    /// <exception cref="ArgumentException">As for one; the documents before it were added.</exception>
    public void Add(IReadOnlyList<IndexedDocument> documents, EmbeddingMatrix vectors, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(documents);
        ArgumentNullException.ThrowIfNull(vectors);
        if (documents.Count != vectors.Rows)
            throw new ArgumentException($"{documents.Count} documents and {vectors.Rows} vectors; each document needs one.", nameof(vectors));
        for (int i = 0; i < documents.Count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Add(documents[i], vectors[i]);
        }
    }

    /// <summary>Makes everything added so far survive a kill, at the price of a segment that may be small.</summary>
    public void Checkpoint()
    {
        _transaction.Commit(_build, merge: false, CancellationToken.None);
        _segments = _transaction.SegmentCount;
    }

    /// <summary>Finishes the index and puts it in its place. Nothing can be added afterwards.</summary>
    /// <exception cref="OperationCanceledException">Cancelled; the build can be continued.</exception>
    public void Complete(CancellationToken cancellationToken = default)
    {
        _transaction.Commit(_build with { Complete = true }, merge: true, cancellationToken);
        _transaction.Dispose();
        RequireFree(_folder, _overwrite);
        // Windows moves no folder in which a file is open; elsewhere the lock is held to the end.
        if (OperatingSystem.IsWindows())
            _lock.Dispose();
        FolderSwap.Publish(_partial, _folder);
    }

    /// <summary>Gives the build up, for an error after which it cannot be continued: the disposal leaves nothing behind.</summary>
    public void Discard() => _discarded = true;

    /// <summary>Ends the build. Where it was neither completed nor given up, it can be continued.</summary>
    public void Dispose()
    {
        _transaction.Dispose();
        if (_discarded && Directory.Exists(_partial))
            Directory.Delete(_partial, recursive: true);
        _lock.Dispose();
    }

    private static IndexManifest? Interrupted(string partial, IndexManifest fresh)
    {
        if (!File.Exists(Path.Combine(partial, ManifestFile.FileName)))
            return null;
        try
        {
            IndexManifest found = ManifestFile.Read(partial);
            bool same = found.Build?.Fingerprint == fresh.Build!.Fingerprint && found.Model == fresh.Model && found.Vectors == fresh.Vectors
                && found.Rescore == fresh.Rescore && found.SegmentRows == fresh.SegmentRows && found.SegmentBytes == fresh.SegmentBytes;
            return same ? found : null;
        }
        catch (IndexFormatException)
        {
            // A remnant that cannot be continued is no loss: the build begins anew.
            return null;
        }
    }

    private static void RequireFree(string folder, bool overwrite)
    {
        if (File.Exists(folder))
            throw new IOException($"{folder} is a file; an index is a folder. Name another place.");
        if (!Directory.Exists(folder) || !Directory.EnumerateFileSystemEntries(folder).Any())
            return;
        if (!File.Exists(Path.Combine(folder, ManifestFile.FileName)))
            throw new IOException($"{folder} exists and holds something else than an index. Name another folder, or empty it.");
        if (!overwrite)
            throw new IOException($"{folder} holds a finished index. Ask for overwriting to replace it, or name another folder.");
    }
}
