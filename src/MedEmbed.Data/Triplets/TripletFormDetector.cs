using MedEmbed.Data.Reading;

namespace MedEmbed.Data.Triplets;

/// <summary>Tells what a file holds by the fields of its first line, or its columns.</summary>
internal static class TripletFormDetector
{
    private const string Forms = "training data has \"pos\" (triplets), \"positive\" (pairs) or \"passages\" (a judged list)";

    /// <exception cref="DataFormatException">The first line has fields of none of the forms.</exception>
    public static async Task<TripletSourceForm> DetectAsync(string path, ReadOptions options, CancellationToken cancellationToken)
    {
        // Standard input cannot be looked at twice.
        if (path == "-")
            return TripletSourceForm.Triplets;
        if (InputFile.FormatExtension(path) == ".parquet")
            return await DetectParquetAsync(path, cancellationToken).ConfigureAwait(false);
        await using InputFile input = InputFile.Open(path);
        using Utf8LineReader lines = new(input, options);
        while (await lines.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            if (!lines.IsTooLong && LineFields.NamesOf(lines.Line.Span, options.MaxJsonDepth) is { } fields)
                return FormOf(fields) ?? throw new DataFormatException(path, lines.Number + 1, $"has the fields {LineFields.Listed(fields)}; {Forms}. Name another file, or rename the fields.");
        }

        return TripletSourceForm.Triplets;
    }

    private static async Task<TripletSourceForm> DetectParquetAsync(string path, CancellationToken cancellationToken)
    {
        await using ParquetTable table = await ParquetTable.OpenAsync(path, cancellationToken).ConfigureAwait(false);
        return FormOf(table.TopLevelNames) switch
        {
            null or TripletSourceForm.JudgedList => throw new DataFormatException(path, null, $"has the columns {LineFields.Listed(table.TopLevelNames)}; {Forms}, and judged lists are JSONL. Name another file, or rename the columns."),
            { } form => form,
        };
    }

    private static TripletSourceForm? FormOf(IReadOnlyCollection<string> fields) =>
        fields.Contains("pos") ? TripletSourceForm.Triplets
        : fields.Contains("positive") ? TripletSourceForm.Pairs
        : fields.Contains("passages") ? TripletSourceForm.JudgedList
        : null;
}
