namespace MedEmbed.Synthesis.Lexical.Rules;

/// <summary>What passages of lexical pairs are.</summary>
internal static class PassageForms
{
    public const string Name = "name";
    public const string Synonym = "synonym";
    public const string Definition = "definition";
    public const string Term = "term";
    public const string Code = "code";
    public const string Expansion = "expansion";
}
