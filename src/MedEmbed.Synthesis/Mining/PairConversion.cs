using System.Globalization;
using System.Text.RegularExpressions;
using MedEmbed.Data.Pairs;
using MedEmbed.Data.Records;
using MedEmbed.Data.Triplets;

namespace MedEmbed.Synthesis.Mining;

/// <summary>Makes pairs of data that hold them in another form (BEIR folders, judged lists, triplets), or of other pairs without some of them.</summary>
public static class PairConversion
{
    /// <summary>Writes a pair for each query and each of its positives to <paramref name="output"/>, replacing what is there; the same input gives the same bytes.</summary>
    /// <param name="path">What <see cref="TripletSource"/> reads.</param>
    /// <param name="split">Which judgments of a folder.</param>
    /// <param name="exclude">Pairs whose query or positive it matches are left out; null leaves out none.</param>
    /// <param name="output">A <c>.jsonl</c> or <c>.parquet</c> file.</param>
    /// <param name="cancellationToken">Ends the writing; nothing is left behind then.</param>
    /// <returns>The number of pairs.</returns>
    /// <exception cref="FormatException">A line of the data breaks a rule, or the folder has another form.</exception>
    /// <exception cref="IOException">A file cannot be read or written.</exception>
    public static async Task<long> WriteAsync(string path, string split, Regex? exclude, string output, CancellationToken cancellationToken = default)
    {
        TripletSource source = await TripletSource.OpenAsync(path, new TripletSourceOptions { Split = split }, cancellationToken).ConfigureAwait(false);
        using RecordWriter<QueryPassagePair> writer = PairFile.OpenWriter(output, new RecordWriterOptions { Overwrite = true, Fingerprint = Guid.NewGuid().ToString() });
        try
        {
            await foreach (Triplet triplet in source.ReadAsync(cancellationToken).ConfigureAwait(false))
            {
                foreach (string positive in triplet.Positives.Where(positive => exclude is null || !(exclude.IsMatch(triplet.Query) || exclude.IsMatch(positive))))
                {
                    writer.Write(new QueryPassagePair(triplet.QueryId ?? source.Line.ToString(CultureInfo.InvariantCulture), triplet.Query, positive)
                    {
                        NoteId = triplet.Group,
                        Source = triplet.Source,
                    });
                }
            }

            await writer.CompleteAsync(cancellationToken).ConfigureAwait(false);
            return writer.Records;
        }
        catch
        {
            writer.Discard();
            throw;
        }
    }
}
