using MedEmbed.Encoding;
using MedEmbed.Retrieval.Flat.Storage;

namespace MedEmbed.Retrieval.Flat;

/// <summary>Changes an existing index. Nothing is seen by readers before <see cref="Commit"/>, which is all or nothing, also when the process is killed.</summary>
/// <remarks>
/// <para>One writer at a time, held by a lock file; readers go on with the generation they opened. Not thread-safe.</para>
/// <para>Small segments are merged at a commit. An int8 index without f32 vectors rounds merged rows again: a further half step at most for each merge.</para>
/// <para>An I/O error (a full disk) leaves the index as it was; <see cref="Commit"/> may be tried again.</para>
/// </remarks>
public sealed class FlatIndexWriter : IDisposable
{
    private readonly string _folder;
    private readonly WriterLock _lock;
    private readonly IndexTransaction _transaction;

    private FlatIndexWriter(string folder, WriterLock writerLock, IndexTransaction transaction) =>
        (_folder, _lock, _transaction) = (folder, writerLock, transaction);

    /// <summary>The model whose vectors the index holds.</summary>
    public IndexModel Model => _transaction.Manifest.Model;

    /// <summary>Documents with the changes so far.</summary>
    public long Documents => _transaction.Documents;

    /// <summary>Opens the index in <paramref name="folder"/> for changes.</summary>
    /// <exception cref="IndexFormatException">The folder holds no index, or a damaged, foreign or newer one.</exception>
    /// <exception cref="IOException">Another writer is at work.</exception>
    public static FlatIndexWriter Open(string folder)
    {
        folder = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        ManifestFile.Read(folder);
        WriterLock writerLock = WriterLock.Acquire(folder);
        try
        {
            IndexManifest manifest = ManifestFile.Read(folder);
            StaleFiles.Delete(folder, manifest);
            return new FlatIndexWriter(folder, writerLock, new IndexTransaction(folder, manifest));
        }
        catch
        {
            writerLock.Dispose();
            throw;
        }
    }

    /// <summary>Requires that the vectors to come are of the index's model.</summary>
    /// <exception cref="IndexFormatException">They are not.</exception>
    public void EnsureModel(IndexModel model) => ModelCheck.Ensure(_folder, Model, model);

    /// <summary>Adds a document.</summary>
    /// <exception cref="ArgumentException">The id is in the index already; or the vector's dimensions or numbers, the strings or the metadata break a rule.</exception>
    public void Add(IndexedDocument document, ReadOnlySpan<float> vector)
    {
        ArgumentNullException.ThrowIfNull(document);
        _transaction.Add(document, vector);
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

    /// <summary>Puts a document in the place of the one with its id, or adds it where there is none.</summary>
    /// <exception cref="ArgumentException">The vector's dimensions or numbers, the strings or the metadata break a rule; nothing has changed.</exception>
    public void Replace(IndexedDocument document, ReadOnlySpan<float> vector)
    {
        ArgumentNullException.ThrowIfNull(document);
        _transaction.Replace(document, vector);
    }

    /// <summary>Removes a document.</summary>
    /// <returns>Whether there was one.</returns>
    public bool Remove(string id) => _transaction.Remove(id);

    /// <summary>Makes all changes so far the next generation of the index, on disk when the call returns.</summary>
    /// <returns>Whether there were any.</returns>
    /// <exception cref="OperationCanceledException">Cancelled before it took place: the index is as it was and the changes are still pending.</exception>
    public bool Commit(CancellationToken cancellationToken = default) =>
        _transaction.Commit(_transaction.Manifest.Build, merge: true, cancellationToken);

    /// <summary>Ends writing. Changes since the last commit are dropped.</summary>
    public void Dispose()
    {
        _transaction.Dispose();
        _lock.Dispose();
    }
}
