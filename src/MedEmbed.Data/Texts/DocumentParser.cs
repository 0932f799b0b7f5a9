using System.Globalization;
using System.Text;
using System.Text.Json;
using MedEmbed.Data.Reading;

namespace MedEmbed.Data.Texts;

/// <summary>Makes documents of JSON and plain lines.</summary>
internal sealed class DocumentParser(DocumentReadOptions options)
{
    private readonly DocumentFields _fields = options.Fields;
    private readonly byte[] _id = Encoding.UTF8.GetBytes(options.Fields.Id);
    private readonly byte[]? _title = Bytes(options.Fields.Title);
    private readonly byte[] _text = Encoding.UTF8.GetBytes(options.Fields.Text);
    private readonly byte[]? _pair = Bytes(options.Fields.Pair);
    private readonly byte[]? _metadata = Bytes(options.Fields.Metadata);
    private readonly IdSet? _seen = options.RefuseDuplicateIds ? new IdSet() : null;

    public Document ParseJson(ReadOnlySpan<byte> line, long number)
    {
        string? id = null, title = null, text = null, pair = null;
        bool hasText = false;
        JsonElement? metadata = null;
        JsonFields fields = new(line, options.MaxJsonDepth);
        while (fields.Next())
        {
            if (fields.Is(_text))
                (text, hasText) = (fields.ReadString(_fields.Text), true);
            else if (fields.Is(_id))
                id = fields.ReadId(_fields.Id);
            else if (_title is not null && fields.Is(_title))
                title = fields.ReadString(_fields.Title!);
            else if (_pair is not null && fields.Is(_pair))
                pair = fields.ReadString(_fields.Pair!);
            else if (_metadata is not null && fields.Is(_metadata))
                metadata = fields.ReadObject(_fields.Metadata!);
            else
                fields.Skip();
        }

        if (text is null)
            throw new LineFaultException($"field \"{_fields.Text}\" is {(hasText ? "null" : "missing")}; every line needs a text (it may be empty).");
        return Admit(new Document(id ?? NumberAsId(number), title, text, metadata) { Pair = pair });
    }

    public static Document ParsePlain(ReadOnlySpan<byte> line, long number) =>
        new(NumberAsId(number), null, Encoding.UTF8.GetString(line));

    /// <exception cref="LineFaultException">The id was there before.</exception>
    public Document Admit(Document document) =>
        _seen is null || _seen.Add(document.Id)
            ? document
            : throw new LineFaultException($"field \"{_fields.Id}\" repeats the id \"{document.Id}\" of an earlier line; ids must be unique. Remove or rename one of the two.");

    public static string NumberAsId(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static byte[]? Bytes(string? field) => field is null ? null : Encoding.UTF8.GetBytes(field);
}
