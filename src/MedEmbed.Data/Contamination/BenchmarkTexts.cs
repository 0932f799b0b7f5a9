using MedEmbed.Data.Judgments;
using MedEmbed.Data.Texts;

namespace MedEmbed.Data.Contamination;

/// <summary>The queries and documents of benchmarks, ready to be compared with: a document by its title, by its text, and by both as they are embedded.</summary>
/// <remarks>Keeps hashes and signatures, no texts: about 1.5 kB a distinct text with near-duplicates, 0.2 kB without. Immutable and thread-safe once read.</remarks>
public sealed class BenchmarkTexts
{
    private readonly OverlapLookup _lookup;

    private BenchmarkTexts(IReadOnlyList<Benchmark> benchmarks, OverlapLookup lookup, ContaminationOptions options) =>
        (Benchmarks, _lookup, Options) = (benchmarks, lookup, options);

    /// <summary>The benchmarks, by path in ordinal order.</summary>
    public IReadOnlyList<Benchmark> Benchmarks { get; }

    /// <summary>What counts as contamination.</summary>
    public ContaminationOptions Options { get; }

    /// <summary>Reads every BEIR folder that is <paramref name="folder"/> or lies below it, whole: the corpus and the queries of all splits.</summary>
    /// <param name="folder">Where to look.</param>
    /// <param name="options">What counts as contamination; null is the defaults.</param>
    /// <param name="progress">Told of each benchmark when it has been read.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="DataFormatException">There is no BEIR folder, or a file of one is faulty.</exception>
    public static async Task<BenchmarkTexts> ReadAsync(string folder, ContaminationOptions? options = null, IProgress<Benchmark>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        options ??= ContaminationOptions.Default;
        if (!Directory.Exists(folder))
            throw new DataFormatException(folder, null, "is no folder; name the folder that holds the benchmarks.");
        OverlapLookup lookup = new(options);
        List<Benchmark> benchmarks = [];
        foreach (BeirFolder beir in BeirFoldersIn(folder))
        {
            cancellationToken.ThrowIfCancellationRequested();
            // The path below the folder, since two folders may have one name.
            string name = beir.Path == folder ? beir.Name : Path.GetRelativePath(folder, beir.Path).Replace('\\', '/');
            int source = lookup.AddBenchmark(name, beir.QueriesPath, beir.CorpusPath);
            DocumentReader queries = beir.Queries();
            await foreach (Document query in queries.ReadAsync(cancellationToken).ConfigureAwait(false))
                lookup.Add(source, BenchmarkTextKind.Query, query.Text, queries.LinesRead);
            DocumentReader corpus = beir.Corpus();
            await foreach (Document document in corpus.ReadAsync(cancellationToken).ConfigureAwait(false))
                AddDocument(lookup, source, document, corpus.LinesRead);
            benchmarks.Add(new Benchmark(name, beir.Path, queries.DocumentsRead, corpus.DocumentsRead));
            progress?.Report(benchmarks[^1]);
        }

        return benchmarks.Count > 0
            ? new BenchmarkTexts(benchmarks, lookup, options)
            : throw new DataFormatException(folder, null, "holds no benchmark: neither it nor a folder below it is a BEIR folder (corpus.jsonl and queries.jsonl). Name the folder that holds the benchmarks.");
    }

    /// <summary>What the benchmarks hold of <paramref name="text"/>: for every benchmark, its queries and its documents apart, the closest one; empty where there is none.</summary>
    public IReadOnlyList<BenchmarkOverlap> Find(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return _lookup.Find(text);
    }

    /// <summary>Whether any benchmark holds <paramref name="text"/>, or a near-duplicate of it.</summary>
    public bool Contains(string text) => Find(text).Count > 0;

    private static void AddDocument(OverlapLookup lookup, int source, Document document, long line)
    {
        lookup.Add(source, BenchmarkTextKind.Document, document.Text, line);
        if (string.IsNullOrEmpty(document.Title))
            return;
        lookup.Add(source, BenchmarkTextKind.Document, document.Title, line);
        lookup.Add(source, BenchmarkTextKind.Document, document.TitleAndText, line);
    }

    private static IEnumerable<BeirFolder> BeirFoldersIn(string folder)
    {
        if (BeirFolder.IsBeirFolder(folder))
            return [BeirFolder.Open(folder)];
        return Directory.EnumerateDirectories(folder).Order(StringComparer.Ordinal).SelectMany(BeirFoldersIn);
    }
}
