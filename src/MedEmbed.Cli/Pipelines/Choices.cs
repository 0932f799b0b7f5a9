using MedEmbed.Cli.CommandLine;

namespace MedEmbed.Cli.Pipelines;

/// <summary>Says what could have stood in a wrong name's place.</summary>
internal static class Choices
{
    /// <summary>The nearest of <paramref name="names"/>, or all where none is near.</summary>
    public static string Of(string given, IEnumerable<string> names)
    {
        string[] all = [.. names];
        if (Spelling.Nearest(given, all) is { } meant)
            return $"Did you mean \"{meant}\"?";
        return all.Length == 0 ? "There are none." : $"There are: {string.Join(", ", all)}.";
    }
}
