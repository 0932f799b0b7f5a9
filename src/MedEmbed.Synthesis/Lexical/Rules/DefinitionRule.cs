using MedEmbed.Synthesis.Lexical.Terms;

namespace MedEmbed.Synthesis.Lexical.Rules;

/// <summary>The name and every synonym find the definition.</summary>
internal sealed class DefinitionRule : ILexicalRule
{
    public LexicalKind Kind => LexicalKind.Definition;

    public IEnumerable<LexicalCandidate> Apply(LexicalTerm term)
    {
        if (term.Definition is not { } definition)
            yield break;
        yield return new LexicalCandidate(term.Name, definition, PassageForms.Definition);
        foreach (TermSynonym synonym in term.Synonyms)
            yield return new LexicalCandidate(synonym.Text, definition, PassageForms.Definition) { Relevance = synonym.IsExact ? 1 : SynonymRule.InexactRelevance, Fault = synonym.Fault };
    }
}
