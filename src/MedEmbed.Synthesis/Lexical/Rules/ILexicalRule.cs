using MedEmbed.Synthesis.Lexical.Terms;

namespace MedEmbed.Synthesis.Lexical.Rules;

/// <summary>Makes candidates of one kind of a term.</summary>
internal interface ILexicalRule
{
    LexicalKind Kind { get; }

    /// <summary>The candidates, in an order that depends on the term alone.</summary>
    IEnumerable<LexicalCandidate> Apply(LexicalTerm term);
}
