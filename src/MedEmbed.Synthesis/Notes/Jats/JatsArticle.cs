using System.Collections.Frozen;
using System.Text;

namespace MedEmbed.Synthesis.Notes.Jats;

/// <summary>Gathers an article's id, title and text from its elements as they come.</summary>
internal sealed class JatsArticle
{
    private static readonly FrozenSet<string> LeftOut = new[]
    {
        "table-wrap", "fig", "fig-group", "disp-formula", "inline-formula", "tex-math", "math", "ref-list", "back", "sub-article", "response",
        "supplementary-material", "media", "journal-meta", "contrib-group", "aff", "permissions", "kwd-group", "author-notes",
    }.ToFrozenSet(StringComparer.Ordinal);

    private readonly List<string> _path = [];
    private readonly Dictionary<string, string> _ids = new(StringComparer.Ordinal);
    private readonly StringBuilder _text = new();
    private readonly StringBuilder _block = new();
    private string? _idType;
    private string? _title;

    /// <summary>Whether nothing in an element of this name is prose.</summary>
    public static bool IsLeftOut(string name) => LeftOut.Contains(name);

    public void Open(string name, string? idType, bool isEmpty)
    {
        if (IsBlock(name))
            EndBlock();
        if (name == "article-id")
            _idType = idType;
        if (isEmpty)
        {
            if (name == "break")
                _block.Append(' ');
            return;
        }

        _path.Add(name);
    }

    public void Close()
    {
        if (IsBlock(_path[^1]))
            EndBlock();
        _path.RemoveAt(_path.Count - 1);
    }

    public void Append(string text)
    {
        if (_path.Exists(IsBlock))
            _block.Append(text);
    }

    public Note ToNote(string fallbackId)
    {
        string id = _ids.GetValueOrDefault("pmcid") ?? _ids.GetValueOrDefault("pmc") ?? _ids.GetValueOrDefault("pmid") ?? _ids.GetValueOrDefault("doi") ?? fallbackId;
        return new Note(id, _title, _text.ToString().Trim());
    }

    private static bool IsBlock(string name) => name is "p" or "title" or "article-title" or "article-id";

    private void EndBlock()
    {
        string block = string.Join(' ', _block.ToString().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        _block.Clear();
        if (block.Length == 0)
            return;
        string? kind = _path.FindLast(IsBlock);
        if (kind == "article-id")
            _ids.TryAdd(_idType ?? "", block);
        else if (kind == "article-title")
            _title ??= block;
        else if (_path.Contains("abstract") || _path.Contains("body"))
            _text.Append(_text.Length > 0 ? "\n\n" : "").Append(block);
    }
}
