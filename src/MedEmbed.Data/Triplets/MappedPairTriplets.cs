using System.Runtime.CompilerServices;
using MedEmbed.Data.Pairs;
using MedEmbed.Data.Reading;

namespace MedEmbed.Data.Triplets;

/// <summary>Records whose fields have names of their own as pairs, and so as triplets without negatives.</summary>
internal sealed class MappedPairTriplets(string path, PairFields fields, ReadOptions options) : ITripletForm
{
    private readonly MappedPairParser _parser = new(path, fields);

    public string File => path;

    public long LinesRead { get; private set; }

    public BadLines BadLines { get; private set; } = new();

    public BadLines Omitted { get; private set; } = new();

    public IAsyncEnumerable<Triplet> ReadAsync(CancellationToken cancellationToken)
    {
        (LinesRead, BadLines, Omitted) = (0, new BadLines(), new BadLines());
        return InputFile.FormatExtension(path) == ".parquet" ? ReadParquetAsync(cancellationToken) : ReadLinesAsync(cancellationToken);
    }

    private async IAsyncEnumerable<Triplet> ReadLinesAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using InputFile input = InputFile.Open(path);
        using Utf8LineReader lines = new(input, options);
        LineStream<MappedPair> stream = new(input, options, BadLines, (line, _) => _parser.Parse(line, options.MaxJsonDepth));
        await foreach (MappedPair pair in stream.ReadAsync(lines, cancellationToken).ConfigureAwait(false))
        {
            LinesRead = lines.Number + 1;
            if (Admit(pair) is { } triplet)
                yield return triplet;
        }

        LinesRead = lines.Number + 1;
    }

    private async IAsyncEnumerable<Triplet> ReadParquetAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using ParquetTable table = await ParquetTable.OpenAsync(path, cancellationToken).ConfigureAwait(false);
        string[] names = [.. _parser.Names.Where(name => table.HasColumn(name, list: false))];
        if (_parser.Required.FirstOrDefault(name => !names.Contains(name)) is { } missing)
            throw new DataFormatException(path, null, $"column \"{missing}\" is missing; the file has the columns {LineFields.Listed(table.TopLevelNames)}. Name one of these.");
        for (int group = 0; group < table.RowGroups; group++)
        {
            Dictionary<string, string?[]> columns = new(StringComparer.Ordinal);
            foreach (string name in names)
                columns[name] = await table.ReadStringsAsync(group, name, cancellationToken).ConfigureAwait(false);
            for (int row = 0; row < table.RowsOf(group); row++)
            {
                LinesRead++;
                if (Admit(_parser.Make(name => columns.GetValueOrDefault(name)?[row])) is { } triplet)
                    yield return triplet;
            }
        }
    }

    private Triplet? Admit(MappedPair pair)
    {
        if (pair.Omission is { } reason)
            Omitted.Add(new DataFormatException(path, LinesRead, reason));
        return pair.Triplet;
    }
}
