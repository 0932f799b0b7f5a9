using MedEmbed.Data.Reading;
using MedEmbed.Data.Texts;

namespace MedEmbed.Data.Judgments;

/// <summary>A data set in BEIR's layout: <c>corpus.jsonl</c>, <c>queries.jsonl</c>, <c>qrels/SPLIT.tsv</c>; each may end in <c>.gz</c> or <c>.zst</c> besides, or be Parquet.</summary>
public sealed class BeirFolder
{
    private static readonly string[] TextExtensions = [".jsonl", ".jsonl.gz", ".jsonl.zst", ".parquet"];
    private static readonly string[] QrelsExtensions = [".tsv", ".tsv.gz", ".tsv.zst", ".parquet"];

    private BeirFolder(string path, string corpus, string queries) => (Path, CorpusPath, QueriesPath) = (path, corpus, queries);

    /// <summary>The folder.</summary>
    public string Path { get; }

    /// <summary>The folder's own name, which names the data set.</summary>
    public string Name => System.IO.Path.GetFileName(System.IO.Path.TrimEndingDirectorySeparator(System.IO.Path.GetFullPath(Path)));

    /// <summary>The corpus file.</summary>
    public string CorpusPath { get; }

    /// <summary>The queries file.</summary>
    public string QueriesPath { get; }

    /// <summary>Splits that have qrels, in ordinal order.</summary>
    public IReadOnlyList<string> Splits
    {
        get
        {
            string folder = System.IO.Path.Combine(Path, "qrels");
            if (!Directory.Exists(folder))
                return [];
            return [.. Directory.EnumerateFiles(folder).Select(SplitOf).OfType<string>().Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        }
    }

    /// <summary>Opens a folder; no file is read yet.</summary>
    /// <exception cref="DataFormatException">The folder, its corpus or its queries are missing, or a file is there in two forms.</exception>
    public static BeirFolder Open(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (!Directory.Exists(path))
            throw new DataFormatException(path, null, "is no folder; a BEIR data set is a folder with corpus.jsonl, queries.jsonl and qrels/.");
        return new BeirFolder(path, Find(path, "corpus", TextExtensions), Find(path, "queries", TextExtensions));
    }

    /// <summary>Whether <paramref name="path"/> is a folder with a corpus and queries.</summary>
    public static bool IsBeirFolder(string path) =>
        Directory.Exists(path) && TextExtensions.Any(end => File.Exists(System.IO.Path.Combine(path, "corpus" + end))) && TextExtensions.Any(end => File.Exists(System.IO.Path.Combine(path, "queries" + end)));

    /// <summary>A reader of the corpus.</summary>
    public DocumentReader Corpus(DocumentReadOptions? options = null) => new(CorpusPath, options);

    /// <summary>A reader of the queries.</summary>
    public DocumentReader Queries(DocumentReadOptions? options = null) => new(QueriesPath, options);

    /// <summary>The qrels file of a split.</summary>
    /// <exception cref="DataFormatException">The split has none; the message names those there are.</exception>
    public string QrelsPath(string split)
    {
        ArgumentException.ThrowIfNullOrEmpty(split);
        if (!Splits.Contains(split, StringComparer.Ordinal))
            throw new DataFormatException(Path, null, $"has no qrels for split \"{split}\" (qrels/{split}.tsv); it has {(Splits.Count == 0 ? "none" : string.Join(", ", Splits))}.");
        return Find(System.IO.Path.Combine(Path, "qrels"), split, QrelsExtensions);
    }

    /// <summary>The judgments of a split.</summary>
    /// <exception cref="DataFormatException">The split has none, or its file is faulty.</exception>
    public Task<Qrels> ReadQrelsAsync(string split, ReadOptions? options = null, CancellationToken cancellationToken = default) =>
        QrelsFile.ReadAsync(QrelsPath(split), options, cancellationToken);

    private static string Find(string folder, string name, string[] extensions)
    {
        string[] found = [.. extensions.Select(end => System.IO.Path.Combine(folder, name + end)).Where(File.Exists)];
        return found.Length switch
        {
            1 => found[0],
            0 => throw new DataFormatException(System.IO.Path.Combine(folder, name + extensions[0]), null, $"is missing (nor is there {string.Join(", ", extensions.Skip(1).Select(end => name + end))})."),
            _ => throw new DataFormatException(found[0], null, $"is there in two forms ({System.IO.Path.GetFileName(found[1])} too), which may differ; remove one."),
        };
    }

    private static string? SplitOf(string file)
    {
        string name = System.IO.Path.GetFileName(file);
        return QrelsExtensions.FirstOrDefault(end => name.EndsWith(end, StringComparison.Ordinal)) is { } extension ? name[..^extension.Length] : null;
    }
}
