using System.Runtime.CompilerServices;
using MedEmbed.Data.Reading;

namespace MedEmbed.Data.Texts;

/// <summary>Streams documents from JSONL, plain text or Parquet, compressed (<c>.gz</c>, <c>.zst</c>) or not, a file or standard input.</summary>
/// <remarks>Memory is that of the longest line (of one row group for Parquet), plus about 30 bytes a document where duplicate ids are refused.
/// One enumeration at a time; the counters may be read between two documents.</remarks>
public sealed class DocumentReader
{
    private readonly string _path;
    private readonly Stream? _stream;
    private readonly DocumentReadOptions _options;

    /// <summary>Reads the file at <paramref name="path"/>; <c>-</c> is standard input. Nothing is opened before the enumeration.</summary>
    public DocumentReader(string path, DocumentReadOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        (_path, _options) = (path, options ?? DocumentReadOptions.Default);
    }

    /// <summary>Reads <paramref name="stream"/>, which stays open, once; <paramref name="name"/> is what errors call it.</summary>
    public DocumentReader(Stream stream, string name, DocumentReadOptions? options = null)
        : this(name, options)
    {
        ArgumentNullException.ThrowIfNull(stream);
        _stream = stream;
    }

    /// <summary>Lines (rows of Parquet) passed so far, those of other shards and blank ones among them.</summary>
    public long LinesRead { get; private set; }

    /// <summary>Documents given so far.</summary>
    public long DocumentsRead { get; private set; }

    /// <summary>Bytes read of the file as it lies on disk.</summary>
    public long BytesRead { get; private set; }

    /// <summary>Bytes of the file as it lies on disk; null for pipes, streams and before the enumeration.</summary>
    public long? BytesTotal { get; private set; }

    /// <summary>Lines left out because of <see cref="ReadOptions.SkipBadLines"/>.</summary>
    public BadLines BadLines { get; private set; } = new();

    /// <summary>The documents in file order.</summary>
    /// <exception cref="DataFormatException">A line breaks a rule (unless bad lines are skipped), or the file is damaged or over a limit.</exception>
    /// <exception cref="IOException">The file is missing or cannot be read.</exception>
    public async IAsyncEnumerable<Document> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        (LinesRead, DocumentsRead, BytesRead, BadLines) = (0, 0, 0, new BadLines());
        IAsyncEnumerable<Document> documents = FormatOf(_path) == TextFormat.Parquet ? ReadParquetAsync(cancellationToken) : ReadLinesAsync(cancellationToken);
        await foreach (Document document in documents.ConfigureAwait(false))
        {
            DocumentsRead++;
            yield return document;
        }
    }

    private TextFormat FormatOf(string path) =>
        _options.Format != TextFormat.Auto || _stream is not null
            ? _options.Format
            : InputFile.FormatExtension(path) switch
            {
                ".jsonl" or ".ndjson" or ".json" => TextFormat.JsonLines,
                ".txt" => TextFormat.PlainText,
                ".parquet" => TextFormat.Parquet,
                _ => TextFormat.Auto,
            };

    private async IAsyncEnumerable<Document> ReadLinesAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using InputFile input = _stream is null ? InputFile.Open(_path) : InputFile.Over(_stream, _path, leaveOpen: true);
        using Utf8LineReader lines = new(input, _options);
        BytesTotal = input.Length;
        TextFormat format = FormatOf(_path);
        if (format == TextFormat.Auto)
            format = await lines.PeekAsync(cancellationToken).ConfigureAwait(false) == '{' ? TextFormat.JsonLines : TextFormat.PlainText;
        bool json = format == TextFormat.JsonLines;
        DocumentParser parser = new(_options);
        LineStream<Document> stream = new(input, _options, BadLines, json ? parser.ParseJson : DocumentParser.ParsePlain) { Shard = _options.Shard, SkipBlankLines = json };
        await foreach (Document document in stream.ReadAsync(lines, cancellationToken).ConfigureAwait(false))
        {
            (LinesRead, BytesRead) = (lines.Number + 1, input.BytesRead);
            yield return document;
        }

        (LinesRead, BytesRead) = (lines.Number + 1, input.BytesRead);
    }

    private async IAsyncEnumerable<Document> ReadParquetAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (_stream is not null || _path == "-")
            throw new DataFormatException(_path, null, "Parquet is read from a file, not from a stream; give the file's path.");
        BytesTotal = new FileInfo(_path).Length;
        await foreach ((long row, Document? document) in new ParquetDocuments(_path, _options, BadLines).ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            LinesRead = row + 1;
            if (document is not null)
                yield return document;
        }

        BytesRead = BytesTotal.Value;
    }
}
