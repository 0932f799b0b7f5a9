using System.Text.RegularExpressions;

namespace MedEmbed.Synthesis.Offline;

/// <summary>A heading with the text below or behind it.</summary>
/// <param name="Heading">The heading without its colon.</param>
/// <param name="Text">What stands under it, not blank.</param>
internal sealed partial record NoteSection(string Heading, string Text)
{
    private const int LongestHeading = 60;

    /// <summary>The sections of a note: a heading is a line, or the beginning of one, in capitals, or ends with a colon.</summary>
    public static List<NoteSection> Of(string note)
    {
        List<NoteSection> sections = [];
        string? heading = null;
        List<string> lines = [];
        foreach (string line in note.Split('\n').Select(static line => line.Trim()))
        {
            if (HeadingLine().Match(line) is { Success: true } match && match.Groups["heading"].Length <= LongestHeading)
            {
                End();
                heading = match.Groups["heading"].Value.Trim();
                if (match.Groups["rest"].Value.Trim() is { Length: > 0 } rest)
                    lines.Add(rest);
            }
            else
            {
                lines.Add(line);
            }
        }

        End();
        return sections;

        void End()
        {
            string text = string.Join('\n', lines).Trim();
            if (heading is not null && text.Length > 0)
                sections.Add(new NoteSection(heading, text));
            lines.Clear();
        }
    }

    // "FINDINGS:", "FINDINGS", "Chief complaint:" and "FINDINGS: The uterus …"; a time such as "10:30" is none.
    [GeneratedRegex(@"^(?<heading>[A-Z][A-Z0-9 ,/&()'-]{2,}|[A-Z][A-Za-z /&-]{2,40}(?=:$))(?::\s*(?<rest>.*))?$", RegexOptions.CultureInvariant)]
    private static partial Regex HeadingLine();
}
