namespace MedEmbed;

/// <summary>Where this toolkit keeps what it can fetch or build again: pulled models and built graphs.</summary>
public static class CacheFolder
{
    /// <summary>The variable that names the folder outright.</summary>
    public const string Variable = "MEDEMBED_CACHE";

    /// <summary>The folder for this process's environment; it need not exist yet.</summary>
    public static string Default => For(Environment.GetEnvironmentVariable);

    /// <summary>The folder for an environment: <c>MEDEMBED_CACHE</c>, else <c>XDG_CACHE_HOME/medembed</c>, else <c>~/.cache/medembed</c>; on Windows
    /// <c>%LOCALAPPDATA%\medembed</c> without the first.</summary>
    /// <param name="environment">Gives a variable's value, or null.</param>
    /// <returns>A full path; the folder need not exist yet.</returns>
    public static string For(Func<string, string?> environment)
    {
        ArgumentNullException.ThrowIfNull(environment);
        if (environment(Variable) is { Length: > 0 } set)
            return Path.GetFullPath(set);
        if (OperatingSystem.IsWindows())
            return Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData), "medembed");

        // The XDG specification has relative values ignored.
        if (environment("XDG_CACHE_HOME") is { Length: > 0 } xdg && Path.IsPathRooted(xdg))
            return Path.Combine(xdg, "medembed");
        string home = environment("HOME") is { Length: > 0 } given ? given : Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);

        // A user without a home (some containers) still gets a folder of their own.
        return home.Length > 0
            ? Path.GetFullPath(Path.Combine(home, ".cache", "medembed"))
            : Path.Combine(Path.GetTempPath(), $"medembed-cache-{Environment.UserName}");
    }
}
