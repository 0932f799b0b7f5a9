namespace MedEmbed.Synthesis.Lexical.Terms;

/// <summary>A term of a terminology.</summary>
/// <param name="Id">Names it, unique among all files.</param>
/// <param name="Name">What it is called first.</param>
internal sealed record LexicalTerm(string Id, string Name)
{
    public IReadOnlyList<TermSynonym> Synonyms { get; init; } = [];

    /// <summary>Null where there is none.</summary>
    public string? Definition { get; init; }

    /// <summary>Codes of other systems as the file writes them.</summary>
    public IReadOnlyList<string> CrossReferences { get; init; } = [];

    /// <summary>The term it is a kind of, the first where there are several; null where there is none.</summary>
    public string? Parent { get; init; }

    /// <summary>A short form that stands for the name; null where there is none.</summary>
    public string? Abbreviation { get; init; }

    public bool IsObsolete { get; init; }
}
