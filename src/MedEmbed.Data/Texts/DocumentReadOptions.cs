using MedEmbed.Data.Reading;

namespace MedEmbed.Data.Texts;

/// <summary>How a <see cref="DocumentReader"/> reads.</summary>
public sealed record DocumentReadOptions : ReadOptions
{
    /// <summary>The defaults.</summary>
    public static new DocumentReadOptions Default { get; } = new();

    /// <summary>The layout; by default told from the file's name or its first character.</summary>
    public TextFormat Format { get; init; } = TextFormat.Auto;

    /// <summary>The fields that make a document.</summary>
    public DocumentFields Fields { get; init; } = DocumentFields.Default;

    /// <summary>The part of the lines to keep; null keeps all. Ids that are line numbers count over the whole input, and lines of other shards are not looked into.</summary>
    public Shard? Shard { get; init; }

    /// <summary>Whether an id that stands a second time is a faulty line. Default true; costs about 30 bytes a document. Ids of other shards are not compared.</summary>
    public bool RefuseDuplicateIds { get; init; } = true;
}
