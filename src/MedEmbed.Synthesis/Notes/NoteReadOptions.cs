using MedEmbed.Data.Reading;

namespace MedEmbed.Synthesis.Notes;

/// <summary>How a <see cref="NoteReader"/> reads. Immutable.</summary>
public sealed record NoteReadOptions : ReadOptions
{
    /// <summary>The defaults.</summary>
    public static new NoteReadOptions Default { get; } = new();

    /// <summary>The field or column of the id. Default <c>id</c>; where it is missing the id is the line's number from 0.</summary>
    public string IdField { get; init; } = "id";

    /// <summary>The field or column of the text. Default <c>text</c>.</summary>
    public string TextField { get; init; } = "text";

    /// <summary>The field or column of the title. Default <c>title</c>.</summary>
    public string? TitleField { get; init; } = "title";

    /// <summary>The field of the metadata object (JSONL alone). Default <c>metadata</c>. Names of persons in it may not stand in queries.</summary>
    public string? MetadataField { get; init; } = "metadata";

    /// <summary>Characters one file of a text folder, or one XML file, may have. Default 64 million.</summary>
    public long MaxFileCharacters { get; init; } = 64_000_000;
}
