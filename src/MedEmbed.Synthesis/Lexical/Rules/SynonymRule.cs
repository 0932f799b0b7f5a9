using MedEmbed.Synthesis.Lexical.Terms;

namespace MedEmbed.Synthesis.Lexical.Rules;

/// <summary>A synonym finds the name, and the name its exact synonyms: one that is narrower or merely related does not answer a search for the term.</summary>
internal sealed class SynonymRule : ILexicalRule
{
    /// <summary>Relevance of a name to a synonym that is narrower or related.</summary>
    public const double InexactRelevance = 0.7;

    public LexicalKind Kind => LexicalKind.Synonym;

    public IEnumerable<LexicalCandidate> Apply(LexicalTerm term)
    {
        foreach (TermSynonym synonym in term.Synonyms)
        {
            yield return new LexicalCandidate(synonym.Text, term.Name, PassageForms.Name) { Relevance = synonym.IsExact ? 1 : InexactRelevance, Fault = synonym.Fault };
            if (synonym.IsExact)
                yield return new LexicalCandidate(term.Name, synonym.Text, PassageForms.Synonym) { Fault = synonym.Fault };
        }
    }
}
