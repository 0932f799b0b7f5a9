using System.Runtime.CompilerServices;
using MedEmbed.Data.Reading;

namespace MedEmbed.Data.Texts;

/// <summary>Documents of a Parquet file, one row group in memory at a time.</summary>
internal sealed class ParquetDocuments(string path, DocumentReadOptions options, BadLines badLines)
{
    /// <summary>Every row's number from 0 with its document; null for rows of other shards and bad rows.</summary>
    public async IAsyncEnumerable<(long Row, Document? Document)> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        DocumentParser parser = new(options);
        await using ParquetTable table = await ParquetTable.OpenAsync(path, cancellationToken).ConfigureAwait(false);
        DocumentFields fields = options.Fields;
        if (!table.Has(fields.Text))
            throw new DataFormatException(path, null, $"column \"{fields.Text}\" is missing; the file has {table.ColumnNames}. Name the text's column.");
        long row = 0;
        for (int group = 0; group < table.RowGroups; group++)
        {
            string?[] texts = await table.ReadStringsAsync(group, fields.Text, cancellationToken).ConfigureAwait(false);
            string?[]? ids = await ReadOptionalAsync(table, group, fields.Id, cancellationToken).ConfigureAwait(false);
            string?[]? titles = await ReadOptionalAsync(table, group, fields.Title, cancellationToken).ConfigureAwait(false);
            string?[]? pairs = await ReadOptionalAsync(table, group, fields.Pair, cancellationToken).ConfigureAwait(false);
            for (int i = 0; i < texts.Length; i++, row++)
            {
                bool mine = options.Shard is null || options.Shard.Contains(row);
                yield return (row, mine ? Make(parser, row, ids?[i], titles?[i], texts[i], pairs?[i]) : null);
            }
        }
    }

    private static async ValueTask<string?[]?> ReadOptionalAsync(ParquetTable table, int group, string? column, CancellationToken cancellationToken) =>
        column is not null && table.Has(column) ? await table.ReadStringsAsync(group, column, cancellationToken).ConfigureAwait(false) : null;

    private Document? Make(DocumentParser parser, long row, string? id, string? title, string? text, string? pair)
    {
        try
        {
            if (text is null)
                throw new LineFaultException($"column \"{options.Fields.Text}\" is null; every row needs a text (it may be empty).");
            return parser.Admit(new Document(id ?? DocumentParser.NumberAsId(row), title, text) { Pair = pair });
        }
        catch (LineFaultException fault)
        {
            DataFormatException error = new(path, row + 1, fault.Message, fault);
            if (!options.SkipBadLines)
                throw error;
            badLines.Add(error);
            return null;
        }
    }
}
