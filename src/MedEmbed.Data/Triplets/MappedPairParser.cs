using System.Text;
using MedEmbed.Data.Pairs;
using MedEmbed.Data.Reading;

namespace MedEmbed.Data.Triplets;

/// <summary>Makes triplets of records whose fields have names of their own.</summary>
internal sealed class MappedPairParser
{
    private const string QueryId = "query_id";
    private const string QueryType = "query_type";
    private const string NoteId = "note_id";
    private const string Source = "source";

    private readonly PairFields _fields;
    private readonly string _fileName;
    private readonly ILookup<string, string> _conditions;
    private readonly byte[][] _utf8Names;

    public MappedPairParser(string path, PairFields fields)
    {
        _fields = fields;
        _fileName = TripletSource.NameOf(path);
        _conditions = fields.Conditions.ToLookup(condition => condition.Field, condition => condition.Value, StringComparer.Ordinal);
        Required = [.. new string?[] { fields.Query, fields.Positive, fields.Group }.OfType<string>().Concat(_conditions.Select(condition => condition.Key)).Distinct()];

        // Names of the pair format mean something in a file of that format alone.
        bool isPairFormat = (fields.Query, fields.Positive) == (PairFile.QueryField, PairFile.PositiveField);
        Names = isPairFormat ? [.. Required.Union([QueryId, QueryType, NoteId, Source])] : Required;
        _utf8Names = [.. Names.Select(Encoding.UTF8.GetBytes)];
    }

    /// <summary>The fields that are read.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>Those of them that every record must have.</summary>
    public IReadOnlyList<string> Required { get; }

    /// <summary>What a JSON line gives.</summary>
    /// <exception cref="LineFaultException">The line lacks a field, or a field has the wrong type.</exception>
    public MappedPair Parse(ReadOnlySpan<byte> line, int maxDepth)
    {
        Dictionary<string, string?> values = new(StringComparer.Ordinal);
        JsonFields json = new(line, maxDepth);
        while (json.Next())
        {
            if (FieldOf(json) is not var (name, innerNames))
                json.Skip();
            else
                Add(values, name, innerNames, name == _fields.Query || name == _fields.Positive ? json.ReadText(name, innerNames) : json.ReadScalar(name));
        }

        if (Required.FirstOrDefault(name => !values.ContainsKey(name)) is { } missing)
            throw new LineFaultException($"field \"{missing}\" is missing; the line has the fields {LineFields.Listed(LineFields.NamesOf(line, maxDepth) ?? [])}. Name one of these, or leave faulty lines out (SkipBadLines).");
        return Make(name => values.GetValueOrDefault(name));
    }

    /// <summary>What a record's values give.</summary>
    public MappedPair Make(Func<string, string?> valueOf)
    {
        if (_conditions.Any(condition => valueOf(condition.Key) is not { } value || !condition.Contains(value)))
            return default;
        string? query = valueOf(_fields.Query), positive = valueOf(_fields.Positive);
        if (string.IsNullOrWhiteSpace(query) || string.IsNullOrWhiteSpace(positive))
            return new MappedPair(null, $"field \"{(string.IsNullOrWhiteSpace(query) ? _fields.Query : _fields.Positive)}\" is empty or null; a record without both texts makes no pair.");
        return new MappedPair(new Triplet(query, [positive], [])
        {
            QueryId = Optional(QueryId, valueOf),
            QueryType = Optional(QueryType, valueOf),
            Group = Optional(_fields.Group ?? NoteId, valueOf),
            Source = Optional(Source, valueOf) ?? _fileName,
        });
    }

    // A name with dots is first of all a name; else it says where in inner objects the text stands.
    private static void Add(Dictionary<string, string?> values, string name, byte[][] innerNames, string? value)
    {
        if (innerNames.Length == 0)
            values[name] = value;
        else
            values.TryAdd(name, value);
    }

    private (string Name, byte[][] InnerNames)? FieldOf(JsonFields json)
    {
        for (int field = 0; field < Names.Count; field++)
        {
            if (json.Is(_utf8Names[field]))
                return (Names[field], []);
        }

        foreach (string name in (ReadOnlySpan<string>)[_fields.Query, _fields.Positive])
        {
            byte[][] path = [.. name.Split('.').Select(Encoding.UTF8.GetBytes)];
            if (path.Length > 1 && json.Is(path[0]))
                return (name, path[1..]);
        }

        return null;
    }

    private string? Optional(string name, Func<string, string?> valueOf) => Names.Contains(name) && valueOf(name) is { } value && !string.IsNullOrWhiteSpace(value) ? value : null;
}
