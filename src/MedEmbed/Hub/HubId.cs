using System.Diagnostics.CodeAnalysis;

namespace MedEmbed.Hub;

/// <summary>A model or data set on a hub, <c>owner/name</c>, at a branch, tag or commit.</summary>
/// <remarks>Owner and name hold ASCII letters, digits, '.', '_' and '-', neither start nor end with '.' or '-', and hold no ".." or "--", as on the hub;
/// so <c>owner--name</c> is a safe and unambiguous folder name.</remarks>
public sealed record HubId
{
    /// <summary>The branch that is meant where none is given.</summary>
    public const string DefaultRevision = "main";

    private const int LongestPart = 96;
    private const int LongestRevision = 200;

    private HubId(string owner, string name, string revision) => (Owner, Name, Revision) = (owner, name, revision);

    /// <summary>The user or organisation.</summary>
    public string Owner { get; }

    /// <summary>The repository's name below its owner.</summary>
    public string Name { get; }

    /// <summary>A branch, a tag, or a commit of 40 hexadecimal digits.</summary>
    public string Revision { get; }

    /// <summary><c>owner/name</c>.</summary>
    public string Repository => $"{Owner}/{Name}";

    /// <summary>Whether <see cref="Revision"/> is a commit, which never changes.</summary>
    public bool IsPinned => HubChecksum.IsHex(Revision, 40);

    /// <summary>Reads <c>owner/name</c> or <c>owner/name@revision</c>.</summary>
    /// <exception cref="FormatException"><paramref name="text"/> is neither.</exception>
    public static HubId Parse(string text, string defaultRevision = DefaultRevision) =>
        TryParse(text, out var id, defaultRevision)
            ? id
            : throw new FormatException($"\"{text}\" is not a hub id. Give owner/name or owner/name@revision (letters, digits, '.', '_', '-').");

    /// <summary>Reads <c>owner/name</c> or <c>owner/name@revision</c>.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out HubId? id, string defaultRevision = DefaultRevision)
    {
        id = null;
        if (text is null)
            return false;
        int at = text.IndexOf('@', StringComparison.Ordinal);
        string revision = at < 0 ? defaultRevision : text[(at + 1)..];
        string[] parts = (at < 0 ? text : text[..at]).Split('/');
        if (parts.Length != 2 || !IsName(parts[0]) || !IsName(parts[1]) || !IsRevision(revision))
            return false;
        id = new HubId(parts[0], parts[1], revision);
        return true;
    }

    /// <summary>The same repository at another revision.</summary>
    /// <exception cref="FormatException"><paramref name="revision"/> is no name of a branch, tag or commit.</exception>
    public HubId At(string revision) =>
        IsRevision(revision)
            ? new HubId(Owner, Name, revision)
            : throw new FormatException($"\"{revision}\" is not a revision: give a branch, a tag or a commit.");

    /// <inheritdoc/>
    public override string ToString() => Revision == DefaultRevision ? Repository : $"{Repository}@{Revision}";

    private static bool IsName(string part) =>
        part.Length is > 0 and <= LongestPart && part.All(IsNameCharacter) && !"-.".Contains(part[0], StringComparison.Ordinal)
        && !"-.".Contains(part[^1], StringComparison.Ordinal)
        && !part.Contains("--", StringComparison.Ordinal) && !part.Contains("..", StringComparison.Ordinal);

    private static bool IsRevision(string revision) =>
        revision.Length is > 0 and <= LongestRevision && revision.All(c => IsNameCharacter(c) || c is '/' or '+')
        && !revision.Contains("..", StringComparison.Ordinal) && revision[0] is not ('.' or '/' or '-') && revision[^1] is not ('.' or '/');

    private static bool IsNameCharacter(char c) => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-';
}
