using System.Globalization;
using System.Text.RegularExpressions;
using MedEmbed.Data.Pairs;
using MedEmbed.Data.Records;
using MedEmbed.Data.Texts;
using MedEmbed.Data.Triplets;

namespace MedEmbed.Synthesis.Mining;

/// <summary>Makes pairs of data that hold them in another form (BEIR folders, judged lists, triplets, records with field names of their own), or of other pairs without some of them.</summary>
public static class PairConversion
{
    /// <summary>Writes a pair for each query and each of its positives to <paramref name="output"/>, replacing what is there; the same input gives the same bytes.</summary>
    /// <param name="paths">What <see cref="TripletSource"/> reads, one after the other.</param>
    /// <param name="options">How it is read: the split of folders, the fields of files.</param>
    /// <param name="exclude">Pairs whose query or positive it matches are left out; null leaves out none.</param>
    /// <param name="output">A <c>.jsonl</c> or <c>.parquet</c> file.</param>
    /// <param name="cancellationToken">Ends the writing; nothing is left behind then.</param>
    /// <returns>What was written and left out, input by input.</returns>
    /// <remarks>A pair whose data do not say where it is from has the name of its file or folder, without extensions, for a source.</remarks>
    /// <exception cref="FormatException">A line of the data breaks a rule, or a folder has another form.</exception>
    /// <exception cref="IOException">A file cannot be read or written.</exception>
    public static async Task<IReadOnlyList<PairConversionResult>> WriteAsync(IReadOnlyList<string> paths, TripletSourceOptions options, Regex? exclude, string output, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(paths);
        using RecordWriter<QueryPassagePair> writer = PairFile.OpenWriter(output, new RecordWriterOptions { Overwrite = true, Fingerprint = Guid.NewGuid().ToString() });
        List<PairConversionResult> results = [];
        try
        {
            foreach (string path in paths)
                results.Add(await AddAsync(path, options, exclude, writer, cancellationToken).ConfigureAwait(false));
            await writer.CompleteAsync(cancellationToken).ConfigureAwait(false);
            return results;
        }
        catch
        {
            writer.Discard();
            throw;
        }
    }

    private static async Task<PairConversionResult> AddAsync(string path, TripletSourceOptions options, Regex? exclude, RecordWriter<QueryPassagePair> writer, CancellationToken cancellationToken)
    {
        TripletSource source = await TripletSource.OpenAsync(path, options, cancellationToken).ConfigureAwait(false);
        string name = TripletSource.NameOf(path);
        long before = writer.Records, excluded = 0, same = 0;
        await foreach (Triplet triplet in source.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            foreach (string positive in triplet.Positives)
            {
                if (exclude is not null && (exclude.IsMatch(triplet.Query) || exclude.IsMatch(positive)))
                    excluded++;
                else if (NormalizedText.HashOf(triplet.Query) == NormalizedText.HashOf(positive))
                    same++;
                else
                    writer.Write(PairOf(triplet, positive, source.Line, name));
            }
        }

        return new PairConversionResult(path, writer.Records - before, source.Line, excluded, same, source.Omitted, source.BadLines);
    }

    private static QueryPassagePair PairOf(Triplet triplet, string positive, long line, string source) =>
        new(triplet.QueryId ?? line.ToString(CultureInfo.InvariantCulture), triplet.Query, positive) { QueryType = triplet.QueryType, NoteId = triplet.Group, Source = triplet.Source ?? source };
}
