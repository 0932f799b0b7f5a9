using MedEmbed.Data.Texts;
using MedEmbed.Synthesis.Lexical.Codes;

namespace MedEmbed.Synthesis.Lexical.Terms;

/// <summary>The <c>note_id</c> of terms. A term whose name an earlier term has, and a MeSH descriptor that one earlier term alone refers to, is of that term's group, whichever files they are from.</summary>
internal sealed class TermGroups(LexicalGrouping grouping)
{
    private readonly Dictionary<UInt128, string> _byName = [];

    // Null where several terms refer to the descriptor.
    private readonly Dictionary<string, string?> _byDescriptor = new(StringComparer.Ordinal);

    /// <summary>The id under which a term's pairs are grouped; remembered for later terms.</summary>
    public string IdentityOf(LexicalTerm term)
    {
        // Expansions of one abbreviation belong together, whatever they mean.
        if (term.Abbreviation is not null)
            return term.Id;
        UInt128 name = NormalizedText.HashOf(term.Name);
        if (_byDescriptor.GetValueOrDefault(term.Id) is not { } identity && !_byName.TryGetValue(name, out identity))
            identity = term.Id;
        _byName.TryAdd(name, identity);
        foreach (string reference in term.CrossReferences)
        {
            if (CrossReference.Parse(reference, out _) is not { System: CodeSystem.Mesh } code)
                continue;
            string descriptor = MeshId(code.Value);
            _byDescriptor[descriptor] = _byDescriptor.TryGetValue(descriptor, out string? owner) && owner != identity ? null : identity;
        }

        return identity;
    }

    /// <summary>The group of a pair of the term.</summary>
    /// <param name="term">The term.</param>
    /// <param name="identity">Its <see cref="IdentityOf"/>.</param>
    /// <param name="form">What the pair's passage is: a name, a definition…</param>
    public string Of(LexicalTerm term, string identity, string form) =>
        grouping == LexicalGrouping.Siblings && term.Parent is { } parent ? $"{parent}/{form}" : identity;

    /// <summary>The id of a term that is a MeSH descriptor.</summary>
    public static string MeshId(string code) => $"MESH:{code}";
}
