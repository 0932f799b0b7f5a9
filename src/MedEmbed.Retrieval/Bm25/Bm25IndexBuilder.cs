using Lucene.Net.Analysis.En;
using Lucene.Net.Documents;
using Lucene.Net.Index;
using Lucene.Net.Store;
using Lucene.Net.Util;

namespace MedEmbed.Retrieval.Bm25;

/// <summary>Gathers documents into a <see cref="Bm25Index"/>, in memory or on disk. Not thread-safe.</summary>
public sealed class Bm25IndexBuilder : IDisposable
{
    internal const LuceneVersion Version = LuceneVersion.LUCENE_48;
    internal const string IdField = "id";
    internal const string TextField = "text";

    private readonly Lucene.Net.Store.Directory _directory;
    private readonly EnglishAnalyzer _analyzer = new(Version);
    private readonly IndexWriter _writer;
    private readonly StringField _id = new(IdField, "", Field.Store.YES);
    private readonly TextField _text = new(TextField, "", Field.Store.NO);
    private readonly Lucene.Net.Documents.Document _document = [];
    private bool _handedOver;

    /// <summary>Begins an empty index.</summary>
    /// <param name="folder">Where it is written, in place of what is there; null keeps it in memory.</param>
    /// <exception cref="IOException">The folder cannot be written, or another process writes it.</exception>
    public Bm25IndexBuilder(string? folder = null)
    {
        _directory = folder is null ? new RAMDirectory() : FSDirectory.Open(folder);
        var configuration = new IndexWriterConfig(Version, _analyzer)
        {
            OpenMode = OpenMode.CREATE,

            // Merges neighbours alone, so that documents stay in the order in which they were added.
            MergePolicy = new LogByteSizeMergePolicy(),
        };
        _writer = new IndexWriter(_directory, configuration);
        _document.Add(_id);
        _document.Add(_text);
    }

    /// <summary>Adds a document.</summary>
    /// <param name="id">What hits name it by.</param>
    /// <param name="text">Its words; title and text together.</param>
    public void Add(string id, string text)
    {
        ArgumentNullException.ThrowIfNull(id);
        ArgumentNullException.ThrowIfNull(text);
        _id.SetStringValue(id);
        _text.SetStringValue(text);
        _writer.AddDocument(_document);
    }

    /// <summary>Writes what was added and opens it for searching. Afterwards the builder is spent.</summary>
    /// <param name="options">Parameters of the ranking; null for Lucene's.</param>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public Bm25Index Build(Bm25Options? options = null)
    {
        _writer.Commit();
        _writer.Dispose();
        var index = new Bm25Index(_directory, options ?? Bm25Options.Default);
        _handedOver = true;
        return index;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _writer.Dispose();
        if (!_handedOver)
            _directory.Dispose();
        _analyzer.Dispose();
    }
}
