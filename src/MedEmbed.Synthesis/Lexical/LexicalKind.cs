namespace MedEmbed.Synthesis.Lexical;

/// <summary>Kinds of pairs that terminologies give; their names, in lower case, are the pairs' <c>query_type</c>.</summary>
public enum LexicalKind
{
    /// <summary>A synonym finds the term's name, and the name its exact synonyms.</summary>
    Synonym,

    /// <summary>A name or synonym finds the term's definition.</summary>
    Definition,

    /// <summary>A code, as <c>ICD-10 M10</c>, finds the term with its definition, and a question for the term's code the line that tells it.</summary>
    Code,

    /// <summary>An abbreviation, alone or in a question, finds what it stands for.</summary>
    Abbreviation,
}
