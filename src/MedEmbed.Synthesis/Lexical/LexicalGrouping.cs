namespace MedEmbed.Synthesis.Lexical;

/// <summary>What a lexical pair's <c>note_id</c> names.</summary>
public enum LexicalGrouping
{
    /// <summary>The term: all pairs of a term are on one side of a split, and its other passages can be kept from being negatives.</summary>
    Term,

    /// <summary>The term's parent with the form of the passage: the group holds the names (or synonyms, definitions, codes) of the parent's children, which are hard negatives of each
    /// other. Terms without parent are groups of their own.</summary>
    Siblings,
}
