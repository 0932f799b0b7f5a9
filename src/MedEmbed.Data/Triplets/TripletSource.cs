using MedEmbed.Data.Judgments;
using MedEmbed.Data.Reading;

namespace MedEmbed.Data.Triplets;

/// <summary>Training data in any of its forms (see <see cref="TripletSourceForm"/>), read as triplets.</summary>
/// <remarks>Streams; of a BEIR folder the judgments and the relevant documents are held in memory. One enumeration at a time; the counters may be read between two triplets.</remarks>
public sealed class TripletSource
{
    private static readonly string[] ListExtensions = [".jsonl", ".jsonl.gz", ".jsonl.zst", ".parquet"];

    private readonly ITripletForm _form;

    private TripletSource(string path, TripletSourceForm form, ITripletForm reader) => (Path, Form, _form) = (path, form, reader);

    /// <summary>What was opened.</summary>
    public string Path { get; }

    /// <summary>The form that was recognised.</summary>
    public TripletSourceForm Form { get; }

    /// <summary>The file that <see cref="Line"/> belongs to: the file itself, the folder's judged list, or the BEIR folder's queries.</summary>
    public string File => _form.File;

    /// <summary>The line, from 1, of the triplet given last.</summary>
    public long Line => _form.LinesRead;

    /// <summary>Lines left out because of <see cref="ReadOptions.SkipBadLines"/>.</summary>
    public BadLines BadLines => _form.BadLines;

    /// <summary>What makes no triplet though nothing is wrong with its line: a query without a positive, a judgment of a document that the corpus lacks, an empty text.</summary>
    public BadLines Omitted => _form.Omitted;

    /// <summary>Recognises the form of a file (by the fields of its first line, or its columns) or folder, unless the options name the fields.</summary>
    /// <exception cref="DataFormatException">It has none of the forms, or a folder lacks the split.</exception>
    /// <exception cref="IOException">The path is missing or cannot be read.</exception>
    public static async Task<TripletSource> OpenAsync(string path, TripletSourceOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        options ??= TripletSourceOptions.Default;
        if (BeirFolder.IsBeirFolder(path) && options.Fields is not null)
            throw new DataFormatException(path, null, "is a BEIR folder, whose fields have fixed names; name a file, or leave fields and conditions out.");
        if (BeirFolder.IsBeirFolder(path))
            return new TripletSource(path, TripletSourceForm.Beir, new BeirTriplets(BeirFolder.Open(path), options));
        string file = Directory.Exists(path) ? FileIn(path, options.Split) : path;
        if (options.Fields is { } fields)
            return new TripletSource(path, TripletSourceForm.Pairs, new MappedPairTriplets(file, fields, options));
        TripletSourceForm form = await TripletFormDetector.DetectAsync(file, options, cancellationToken).ConfigureAwait(false);
        return new TripletSource(path, form, form switch
        {
            TripletSourceForm.JudgedList => new JudgedListTriplets(file, options),
            TripletSourceForm.Pairs => new PairTriplets(file, options),
            _ => new FileTriplets(file, options),
        });
    }

    /// <summary>What data at <paramref name="path"/> are called where nothing else names them: the last part of the path, from its first dot on left out.</summary>
    public static string NameOf(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        string last = System.IO.Path.GetFileName(System.IO.Path.TrimEndingDirectorySeparator(System.IO.Path.GetFullPath(path)));
        int extension = last.IndexOf('.', StringComparison.Ordinal);
        return extension > 0 ? last[..extension] : last.Length > 0 ? last : path;
    }

    /// <summary>The triplets in the order of <see cref="File"/>.</summary>
    /// <exception cref="DataFormatException">A line breaks a rule (unless bad lines are skipped), or a file is damaged or over a limit.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public IAsyncEnumerable<Triplet> ReadAsync(CancellationToken cancellationToken = default) => _form.ReadAsync(cancellationToken);

    private static string FileIn(string folder, string split)
    {
        string[] found = [.. ListExtensions.Select(extension => System.IO.Path.Combine(folder, split + extension)).Where(System.IO.File.Exists)];
        return found.Length switch
        {
            1 => found[0],
            0 => throw new DataFormatException(folder, null, $"is neither a BEIR folder (corpus.jsonl, queries.jsonl, qrels/) nor does it hold a file {split}.jsonl. Name a file of triplets, pairs or judged queries, another folder, or another split."),
            _ => throw new DataFormatException(found[0], null, $"is there in two forms ({System.IO.Path.GetFileName(found[1])} too), which may differ; remove one."),
        };
    }
}
