namespace MedEmbed.Data.Texts;

/// <summary>Which fields of a JSON line, or columns of a Parquet file, make a <see cref="Document"/>. The defaults are BEIR's.</summary>
public sealed record DocumentFields
{
    /// <summary>The defaults.</summary>
    public static DocumentFields Default { get; } = new();

    /// <summary>The id's field; where it is missing or null the id is the line's number from 0. Strings and numbers are taken.</summary>
    public string Id { get; init => field = RequireName(value); } = "_id";

    /// <summary>The title's field; null reads no titles.</summary>
    public string? Title { get; init; } = "title";

    /// <summary>The text's field, the only one that must be there.</summary>
    public string Text { get; init => field = RequireName(value); } = "text";

    /// <summary>The field of a pair's second text; null reads none.</summary>
    public string? Pair { get; init; } = "pair";

    /// <summary>The field of the metadata object; null reads none.</summary>
    public string? Metadata { get; init; } = "metadata";

    private static string RequireName(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        return name;
    }
}
