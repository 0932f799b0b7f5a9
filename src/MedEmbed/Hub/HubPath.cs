namespace MedEmbed.Hub;

/// <summary>The rule for paths that a hub gives: they name a file below the model's folder on every system.</summary>
internal static class HubPath
{
    private const int Longest = 1024;

    /// <summary>What is wrong with a path, or null where it is safe.</summary>
    public static string? Fault(string path)
    {
        if (path.Length is 0 or > Longest)
            return $"it is empty or longer than {Longest} characters";
        if (path[0] == '/')
            return "it is absolute";
        if (path.Contains('\\', StringComparison.Ordinal))
            return "it holds a backslash";
        if (path.Any(char.IsControl))
            return "it holds a control character";
        if (path.Length > 1 && path[1] == ':')
            return "it starts with a drive letter";
        return path.Split('/').Any(part => part is "" or "." or "..") ? "it holds an empty part, \".\" or \"..\"" : null;
    }
}
