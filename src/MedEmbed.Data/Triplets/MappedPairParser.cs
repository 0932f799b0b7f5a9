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
    private readonly FieldPath[] _paths;

    public MappedPairParser(string path, PairFields fields)
    {
        _fields = fields;
        _fileName = TripletSource.NameOf(path);
        _conditions = fields.Conditions.ToLookup(condition => condition.Field, condition => condition.Value, StringComparer.Ordinal);
        Required = [.. new string?[] { fields.Query, fields.Positive, fields.Group }.OfType<string>().Concat(_conditions.Select(condition => condition.Key)).Distinct()];

        // Names of the pair format mean something in a file of that format alone.
        bool isPairFormat = (fields.Query, fields.Positive) == (PairFile.QueryField, PairFile.PositiveField);
        Names = isPairFormat ? [.. Required.Union([QueryId, QueryType, NoteId, Source])] : Required;
        _paths = [.. Names.Select(FieldPath.OfName), .. Names.Where(name => IsText(name) && name.Contains('.', StringComparison.Ordinal)).Select(FieldPath.OfInner)];
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
            if (PathOf(json) is not { } field)
                json.Skip();
            else
                Add(values, field, IsText(field.Name) ? json.ReadText(field.Name, field.InnerNames) : json.ReadScalar(field.Name));
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
    private static void Add(Dictionary<string, string?> values, FieldPath field, string? value)
    {
        if (field.InnerNames.Length == 0)
            values[field.Name] = value;
        else
            values.TryAdd(field.Name, value);
    }

    private bool IsText(string name) => name == _fields.Query || name == _fields.Positive;

    private FieldPath? PathOf(in JsonFields json)
    {
        foreach (FieldPath path in _paths)
        {
            if (json.Is(path.Head))
                return path;
        }

        return null;
    }

    private string? Optional(string name, Func<string, string?> valueOf) => Names.Contains(name) && valueOf(name) is { } value && !string.IsNullOrWhiteSpace(value) ? value : null;
}
