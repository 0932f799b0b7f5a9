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
    /// <param name="path">What <see cref="TripletSource"/> reads.</param>
    /// <param name="options">How it is read: the split of a folder, the fields of a file.</param>
    /// <param name="exclude">Pairs whose query or positive it matches are left out; null leaves out none.</param>
    /// <param name="output">A <c>.jsonl</c> or <c>.parquet</c> file.</param>
    /// <param name="cancellationToken">Ends the writing; nothing is left behind then.</param>
    /// <exception cref="FormatException">A line of the data breaks a rule, or the folder has another form.</exception>
    /// <exception cref="IOException">A file cannot be read or written.</exception>
    public static async Task<PairConversionResult> WriteAsync(string path, TripletSourceOptions options, Regex? exclude, string output, CancellationToken cancellationToken = default)
    {
        TripletSource source = await TripletSource.OpenAsync(path, options, cancellationToken).ConfigureAwait(false);
        using RecordWriter<QueryPassagePair> writer = PairFile.OpenWriter(output, new RecordWriterOptions { Overwrite = true, Fingerprint = Guid.NewGuid().ToString() });
        long excluded = 0, same = 0;
        try
        {
            await foreach (Triplet triplet in source.ReadAsync(cancellationToken).ConfigureAwait(false))
            {
                foreach (string positive in triplet.Positives)
                {
                    if (exclude is not null && (exclude.IsMatch(triplet.Query) || exclude.IsMatch(positive)))
                        excluded++;
                    else if (NormalizedText.HashOf(triplet.Query) == NormalizedText.HashOf(positive))
                        same++;
                    else
                        writer.Write(PairOf(triplet, positive, source.Line));
                }
            }

            await writer.CompleteAsync(cancellationToken).ConfigureAwait(false);
            return new PairConversionResult(writer.Records, source.Line, excluded, same, source.Omitted, source.BadLines);
        }
        catch
        {
            writer.Discard();
            throw;
        }
    }

    private static QueryPassagePair PairOf(Triplet triplet, string positive, long line) =>
        new(triplet.QueryId ?? line.ToString(CultureInfo.InvariantCulture), triplet.Query, positive) { QueryType = triplet.QueryType, NoteId = triplet.Group, Source = triplet.Source };
}
