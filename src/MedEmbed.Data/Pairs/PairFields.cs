namespace MedEmbed.Data.Pairs;

/// <summary>Which fields of records, JSONL or Parquet, make a pair, and which records are taken. For data sets whose fields have names of their own.</summary>
/// <remarks>
/// Every field named here must be in every record (unless bad lines are skipped); a record with an empty text makes no pair, and is counted. Where query and positive have the
/// pair format's own names, <c>query_id</c>, <c>query_type</c>, <c>note_id</c> and <c>source</c> keep their meaning too; else the file's name is the source.
/// </remarks>
public sealed record PairFields
{
    /// <summary>The query's field. Default <c>query</c>. In JSON <c>a.b</c> is field <c>b</c> of the object <c>a</c> where no field is called so; of an array of texts the first is taken.</summary>
    public string Query { get; init => field = RequireName(value); } = PairFile.QueryField;

    /// <summary>The passage's field, found as the query's. Default <c>positive</c>.</summary>
    public string Positive { get; init => field = RequireName(value); } = PairFile.PositiveField;

    /// <summary>The field of the note, page or condition that the passage is from; null or empty in a record: none. Null here: <c>note_id</c> of the pair format, else no groups.</summary>
    public string? Group { get; init => field = value is null ? null : RequireName(value); }

    /// <summary>Which records are taken: those that meet a condition on every field that has one; conditions on the same field are alternatives. Empty takes all.</summary>
    public IReadOnlyList<FieldCondition> Conditions { get; init; } = [];

    private static string RequireName(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        return name;
    }
}
