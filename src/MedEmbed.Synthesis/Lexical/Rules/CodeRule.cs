using MedEmbed.Synthesis.Lexical.Codes;
using MedEmbed.Synthesis.Lexical.Terms;

namespace MedEmbed.Synthesis.Lexical.Rules;

/// <summary>A code finds the term with its definition; a question for the term's code finds the line with all its codes of that system.</summary>
/// <remarks>A code that several terms refer to finds each of them: its query has the same wording for all.</remarks>
internal sealed class CodeRule(IReadOnlyList<CodeSystem> systems) : ILexicalRule
{
    public LexicalKind Kind => LexicalKind.Code;

    public IEnumerable<LexicalCandidate> Apply(LexicalTerm term)
    {
        string passage = term.Definition is { } definition ? $"{term.Name}: {definition}" : term.Name;
        List<TermCode> codes = [];
        foreach (string reference in term.CrossReferences)
        {
            TermCode? code = CrossReference.Parse(reference, out LexicalFault? fault);
            if (fault is not null)
                yield return new LexicalCandidate(reference, null, PassageForms.Term) { Fault = fault };
            if (code is not { } known || !systems.Contains(known.System) || codes.Contains(known))
                continue;
            codes.Add(known);
            yield return new LexicalCandidate(Wording.Choose(CodeForms.Of(known.System).Codes, known.Value), passage, PassageForms.Term);
        }

        foreach (IGrouping<CodeSystem, TermCode> ofSystem in codes.GroupBy(code => code.System))
        {
            CodeForms forms = CodeForms.Of(ofSystem.Key);
            yield return new LexicalCandidate(Wording.Choose(forms.Questions, term.Name), $"{term.Name}: {forms.Name} {string.Join(", ", ofSystem.Select(code => code.Value))}", PassageForms.Code);
        }
    }
}
