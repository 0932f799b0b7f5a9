using MedEmbed.Data.Judgments;
using MedEmbed.Data.Texts;
using MedEmbed.Hub;

namespace MedEmbed.Evaluation.Tasks.Downloads;

/// <summary>A data set whose corpus, queries and judgments stand in files of their own.</summary>
/// <remarks>
/// MTEB's data sets lie as <c>corpus.jsonl</c>, <c>queries.jsonl</c> and <c>qrels/SPLIT.jsonl</c> (such as ArguAna) or <c>default.jsonl</c> (MedicalQA, whose
/// one split is the test), later ones as Parquet, <c>corpus/…</c>, <c>queries/…</c> and <c>qrels/SPLIT-…</c>, in parts by number.
/// </remarks>
internal sealed class BeirDataset : IHubDataset
{
    private const string QrelsExtension = ".tsv";

    /// <summary>The forms that are read, the preferred first: where a file stands in several, one is taken.</summary>
    private static readonly string[] Extensions = [".jsonl", ".parquet", QrelsExtension];

    private readonly HubFile[] _corpus;
    private readonly HubFile[] _queries;
    private readonly SortedDictionary<string, HubFile[]> _qrels = new(StringComparer.Ordinal);

    /// <exception cref="EvaluationException">A part is not there in a form that is read.</exception>
    public BeirDataset(HubRepository repository)
    {
        (_corpus, _queries) = (Part(repository, "corpus"), Part(repository, "queries"));
        foreach (IGrouping<string?, HubFile> split in repository.Files.GroupBy(file => SplitOf(file.Path)).Where(split => split.Key is not null))
            _qrels.Add(split.Key!, Preferred(split));
        if (_qrels.Count == 0)
            throw Missing(repository, "qrels");
    }

    public IReadOnlyList<HubFile> Files => [.. _corpus, .. _queries, .. _qrels.Values.SelectMany(files => files)];

    public async Task ConvertAsync(string raw, BeirWriter writer, CancellationToken cancellationToken)
    {
        await writer.WriteCorpusAsync(Documents(_corpus), cancellationToken).ConfigureAwait(false);
        await writer.WriteQueriesAsync(Documents(_queries), cancellationToken).ConfigureAwait(false);
        foreach ((string split, HubFile[] files) in _qrels)
            await writer.WriteQrelsAsync(split, Judgments(files), cancellationToken).ConfigureAwait(false);

        IAsyncEnumerable<Document> Documents(IEnumerable<HubFile> files) =>
            files.ToAsyncEnumerable().SelectMany(file => new DocumentReader(Path.Combine(raw, file.Path)).ReadAsync(cancellationToken));

        IAsyncEnumerable<Judgment> Judgments(IEnumerable<HubFile> files) =>
            files.ToAsyncEnumerable().SelectMany(file => JudgmentLines.ReadAsync(Path.Combine(raw, file.Path), cancellationToken));
    }

    private static HubFile[] Part(HubRepository repository, string name) =>
        Preferred(repository.Files.Where(file => ExtensionOf(file.Path) != QrelsExtension && IsPart(file.Path, name))) is { Length: > 0 } files
            ? files
            : throw Missing(repository, name);

    private static bool IsPart(string path, string name) => FolderOf(path) == name || (FolderOf(path).Length == 0 && Stem(path) == name);

    private static HubFile[] Preferred(IEnumerable<HubFile> files) =>
        Extensions.Select(extension => (HubFile[])[.. files.Where(file => ExtensionOf(file.Path) == extension).OrderBy(file => file.Path, StringComparer.Ordinal)])
            .FirstOrDefault(found => found.Length > 0) ?? [];

    private static string? SplitOf(string path)
    {
        if (ExtensionOf(path) is null)
            return null;
        if (FolderOf(path) is "qrels" or "default")
            return Stem(path);
        return IsPart(path, "default") || IsPart(path, "qrels") ? Benchmark.TestSplit : null;
    }

    private static string FolderOf(string path) => path[..Math.Max(0, path.LastIndexOf('/'))];

    /// <summary>The name without extension and without the number of the part: <c>test</c> of <c>qrels/test-00000-of-00001.parquet</c>.</summary>
    private static string Stem(string path) => path[(path.LastIndexOf('/') + 1)..].Split('.', '-')[0];

    private static string? ExtensionOf(string path) => Extensions.FirstOrDefault(extension => path.EndsWith(extension, StringComparison.Ordinal));

    private static EvaluationException Missing(HubRepository repository, string part) =>
        new($"{repository.Id}: the hub lists no {part} in a form that is read ({string.Join(", ", Extensions)}); it has {string.Join(", ", repository.Files.Take(20).Select(file => file.Path))}. Get the data by other means and put it below --data in BEIR's layout.");
}
