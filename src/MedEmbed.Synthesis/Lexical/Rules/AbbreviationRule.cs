using MedEmbed.Synthesis.Lexical.Terms;

namespace MedEmbed.Synthesis.Lexical.Rules;

/// <summary>An abbreviation, alone and in a question, finds what it stands for. Every expansion of an abbreviation is found by the same two queries.</summary>
internal sealed class AbbreviationRule(int minLetters) : ILexicalRule
{
    private static readonly string[] Questions = ["what does {0} stand for", "what is {0}", "{0} meaning", "{0} medical abbreviation", "what does {0} mean in a medical note"];

    public LexicalKind Kind => LexicalKind.Abbreviation;

    public IEnumerable<LexicalCandidate> Apply(LexicalTerm term)
    {
        if (term.Abbreviation is not { } abbreviation)
            yield break;

        // A question is long enough whatever it asks for.
        LexicalFault? fault = LexicalChecks.TooShort(abbreviation, minLetters, LexicalRejectionReason.QueryTooShort);
        yield return new LexicalCandidate(abbreviation, term.Name, PassageForms.Expansion) { Fault = fault };
        yield return new LexicalCandidate(Wording.Choose(Questions, abbreviation), term.Name, PassageForms.Expansion) { Fault = fault };
    }
}
