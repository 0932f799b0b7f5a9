using System.Globalization;

namespace MedEmbed.Cli.Output;

/// <summary>Writes hits for people: rank, score, id, title, and the beginning of the text.</summary>
internal sealed class HitList(TextWriter output)
{
    private const int SnippetCharacters = 240;
    private const int LineCharacters = 96;
    private const string Indent = "              ";

    public void Write(IReadOnlyList<FoundDocument> hits)
    {
        if (hits.Count == 0)
            output.WriteLine("No document matches.");
        foreach (FoundDocument hit in hits)
        {
            string title = string.IsNullOrEmpty(hit.Document.Title) ? "" : $"  {OneLine(hit.Document.Title)}";
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{hit.Rank,4}  {hit.Score,6:F4}  {hit.Document.Id}{title}"));
            foreach (string line in Wrap(Snippet(hit.Document.Text)))
                output.WriteLine(Indent + line);
        }
    }

    private static string Snippet(string text)
    {
        // A text may be megabytes long; its beginning is enough.
        string beginning = OneLine(text.Length > 4 * SnippetCharacters ? text[..(4 * SnippetCharacters)] : text);
        if (beginning.Length <= SnippetCharacters)
            return beginning;
        int end = beginning.LastIndexOf(' ', SnippetCharacters);
        return beginning[..(end > 0 ? end : SnippetCharacters)] + " …";
    }

    private static string OneLine(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static IEnumerable<string> Wrap(string text)
    {
        while (text.Length > LineCharacters)
        {
            int end = text.LastIndexOf(' ', LineCharacters);
            if (end <= 0)
                break;
            yield return text[..end];
            text = text[(end + 1)..];
        }

        if (text.Length > 0)
            yield return text;
    }
}
