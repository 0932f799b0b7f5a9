using System.Text.RegularExpressions;
using MedEmbed.Synthesis.Lexical.Terms;

namespace MedEmbed.Synthesis.Lexical.Files;

/// <summary>Names of MeSH descriptors: id, tab, name; a header <c>mesh_id</c>, <c>mesh_name</c> or none.</summary>
internal sealed partial class MeshNameForm : ILexicalForm
{
    private const string Header = "mesh_id\tmesh_name";

    public string Description => "MeSH names, TSV with mesh_id and mesh_name";

    public bool Matches(string firstLine) => firstLine == Header || Line().IsMatch(firstLine);

    public LexicalTerm? Parse(LexicalLine line)
    {
        if (line.Text == Header)
            return null;
        if (Line().Match(line.Text) is not { Success: true } match)
            throw line.Fault("is no MeSH id (as D006073), one tab and a name. Fix the line, or leave faulty lines out.");
        string id = TermGroups.MeshId(match.Groups["id"].Value);
        return new LexicalTerm(id, TermText.Tidy(match.Groups["name"].Value)) { CrossReferences = [id] };
    }

    [GeneratedRegex(@"^(?<id>[CD][0-9]{6,9})\t(?<name>[^\t]*[^\t\s][^\t]*)$", RegexOptions.CultureInvariant)]
    private static partial Regex Line();
}
