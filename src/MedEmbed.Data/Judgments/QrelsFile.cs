using System.Globalization;
using System.Text;
using MedEmbed.Data.Reading;

namespace MedEmbed.Data.Judgments;

/// <summary>Qrels files: BEIR's TSV (a header or none) and Parquet, and TREC's; compressed or not.</summary>
/// <remarks>An equal judgment that stands twice is counted (<see cref="Qrels.DuplicateJudgments"/>); one that contradicts an earlier one is a faulty line, since either grade could be meant.</remarks>
public static class QrelsFile
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads a qrels file; the form is told from the extension (<c>.parquet</c>) and the first line.</summary>
    /// <exception cref="DataFormatException">A line breaks a rule, or there is no judgment at all.</exception>
    /// <exception cref="IOException">The file is missing or cannot be read.</exception>
    public static async Task<Qrels> ReadAsync(string path, ReadOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        QrelsBuilder builder = new();
        QrelsLineParser parser = new(builder);
        if (InputFile.FormatExtension(path) == ".parquet")
            await ReadParquetAsync(path, parser, cancellationToken).ConfigureAwait(false);
        else
            await ReadLinesAsync(path, parser, options ?? ReadOptions.Default, cancellationToken).ConfigureAwait(false);
        return builder.Count > 0 ? builder.Build() : throw new DataFormatException(path, null, "holds no judgments; a qrels file needs at least one.");
    }

    /// <summary>Writes TREC's form, <c>query 0 document grade</c>, by query and within it by document id.</summary>
    /// <exception cref="ArgumentException">An id holds white space, which the form cannot carry.</exception>
    public static void WriteTrec(Qrels qrels, Stream output)
    {
        ArgumentNullException.ThrowIfNull(qrels);
        using StreamWriter writer = new(output, Utf8, bufferSize: 1 << 16, leaveOpen: true) { NewLine = "\n" };
        foreach (Judgment judgment in qrels.Enumerate())
        {
            TrecId.Require(judgment.QueryId);
            TrecId.Require(judgment.DocumentId);
            writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{judgment.QueryId} 0 {judgment.DocumentId} {judgment.Grade}"));
        }
    }

    private static async Task ReadLinesAsync(string path, QrelsLineParser parser, ReadOptions options, CancellationToken cancellationToken)
    {
        await using InputFile input = InputFile.Open(path);
        using Utf8LineReader lines = new(input, options);
        LineStream<bool> stream = new(input, options, new BadLines(), (line, _) => parser.Parse(line));
        await foreach (bool _ in stream.ReadAsync(lines, cancellationToken).ConfigureAwait(false))
        {
        }
    }

    private static async Task ReadParquetAsync(string path, QrelsLineParser parser, CancellationToken cancellationToken)
    {
        await using ParquetTable table = await ParquetTable.OpenAsync(path, cancellationToken).ConfigureAwait(false);
        foreach (string column in (ReadOnlySpan<string>)["query-id", "corpus-id", "score"])
        {
            if (!table.Has(column))
                throw new DataFormatException(path, null, $"column \"{column}\" is missing; the file has {table.ColumnNames}. Qrels need query-id, corpus-id and score.");
        }

        long row = 0;
        for (int group = 0; group < table.RowGroups; group++)
        {
            string?[] queries = await table.ReadStringsAsync(group, "query-id", cancellationToken).ConfigureAwait(false);
            string?[] documents = await table.ReadStringsAsync(group, "corpus-id", cancellationToken).ConfigureAwait(false);
            string?[] grades = await table.ReadStringsAsync(group, "score", cancellationToken).ConfigureAwait(false);
            for (int i = 0; i < queries.Length; i++, row++)
                AddRow(path, parser, row, queries[i], documents[i], grades[i]);
        }
    }

    private static void AddRow(string path, QrelsLineParser parser, long row, string? queryId, string? documentId, string? written)
    {
        try
        {
            if (!int.TryParse(written, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int grade))
                throw new LineFaultException($"column \"score\" is \"{written}\", which is no whole number; grades are whole numbers, relevant from 1 up.");
            parser.Add(queryId, documentId, grade);
        }
        catch (LineFaultException fault)
        {
            throw new DataFormatException(path, row + 1, fault.Message, fault);
        }
    }
}
