using System.Globalization;
using System.Text;
using MedEmbed.Data.Reading;

namespace MedEmbed.Data.Judgments;

/// <summary>TREC run files, <c>query Q0 document rank score tag</c> with white space between; compressed or not.</summary>
public static class TrecRunFile
{
    private const int Columns = 6;

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads a run. The rank column is not looked at: ranks follow from scores. <c>nan</c> and <c>inf</c> are scores too.</summary>
    /// <exception cref="DataFormatException">A line breaks a rule, a document stands twice for a query, or there is no hit at all.</exception>
    /// <exception cref="IOException">The file is missing or cannot be read.</exception>
    public static async Task<RetrievalRun> ReadAsync(string path, ReadOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        options ??= ReadOptions.Default;
        RetrievalRunBuilder builder = new();
        ColumnLine columns = new(Columns);
        await using InputFile input = InputFile.Open(path);
        using Utf8LineReader lines = new(input, options);
        LineStream<bool> stream = new(input, options, new BadLines(), (line, _) => Add(builder, columns, line));
        await foreach (bool _ in stream.ReadAsync(lines, cancellationToken).ConfigureAwait(false))
        {
        }

        return Build(builder, path);
    }

    /// <summary>Writes a run in its own order, ranks from 1, scores in the shortest form that reads back to the same double.</summary>
    /// <exception cref="ArgumentException">An id or the tag is empty or holds white space, which the form cannot carry.</exception>
    public static void Write(RetrievalRun run, Stream output, string tag = "medembed")
    {
        ArgumentNullException.ThrowIfNull(run);
        TrecId.Require(tag);
        using StreamWriter writer = new(output, Utf8, bufferSize: 1 << 16, leaveOpen: true) { NewLine = "\n" };
        foreach (string queryId in run.QueryIds)
        {
            TrecId.Require(queryId);
            QueryHits hits = run[queryId];
            for (int i = 0; i < hits.Count; i++)
            {
                TrecId.Require(hits[i].DocumentId);
                writer.Write(queryId);
                writer.Write(" Q0 ");
                writer.Write(hits[i].DocumentId);
                writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $" {i + 1} {hits[i].Score:R} {tag}"));
            }
        }
    }

    private static bool Add(RetrievalRunBuilder builder, ColumnLine columns, ReadOnlySpan<byte> line)
    {
        columns.SplitAtWhiteSpace(line);
        if (columns.Count != Columns)
            throw new LineFaultException($"the line has {columns.Count} columns and needs {Columns}: query Q0 document rank score tag.");
        if (!TryParseScore(columns[4], out double score))
            throw new LineFaultException($"column \"score\" is \"{columns[4]}\", which is no number; write it with a point, as 0.5 or 1e-3.");
        builder.Add(columns[0], columns[2], score);
        return true;
    }

    private static bool TryParseScore(ReadOnlySpan<char> written, out double score)
    {
        if (double.TryParse(written, NumberStyles.Float, CultureInfo.InvariantCulture, out score))
            return true;
        // Python and C write infinity as "inf".
        bool negative = written.StartsWith('-');
        score = negative ? double.NegativeInfinity : double.PositiveInfinity;
        return (negative ? written[1..] : written).Equals("inf", StringComparison.OrdinalIgnoreCase);
    }

    private static RetrievalRun Build(RetrievalRunBuilder builder, string path)
    {
        try
        {
            RetrievalRun run = builder.Build();
            return run.HitCount > 0 ? run : throw new DataFormatException(path, null, "holds no hits; a run file needs at least one line.");
        }
        catch (InvalidOperationException twice)
        {
            throw new DataFormatException(path, null, twice.Message, twice);
        }
    }
}
