using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace MedEmbed.Cli.Options;

/// <summary>Options whose value is a whole number.</summary>
internal static class NumberOption
{
    /// <summary>An option that is null where it is not given, and refuses what is no number from <paramref name="minimum"/> to <paramref name="maximum"/>.</summary>
    public static Option<int?> Create(string name, string description, int minimum = 1, int maximum = int.MaxValue, params string[] aliases) => new(name, aliases)
    {
        Description = description,
        CustomParser = result => Parse(result, name, minimum, maximum),
    };

    private static int? Parse(ArgumentResult result, string name, int minimum, int maximum)
    {
        string given = result.Tokens[^1].Value;
        if (int.TryParse(given, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number) && number >= minimum && number <= maximum)
            return number;
        string range = maximum == int.MaxValue
            ? string.Create(CultureInfo.InvariantCulture, $"of at least {minimum}")
            : string.Create(CultureInfo.InvariantCulture, $"from {minimum} to {maximum}");
        result.AddError($"{name} must be a whole number {range}, not \"{given}\".");
        return null;
    }
}
