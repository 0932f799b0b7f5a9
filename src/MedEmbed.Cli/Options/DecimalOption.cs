using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace MedEmbed.Cli.Options;

/// <summary>Options whose value is a number, whole or not.</summary>
internal static class DecimalOption
{
    /// <summary>An option that is null where it is not given, and refuses what is no number from <paramref name="minimum"/> to <paramref name="maximum"/>.</summary>
    public static Option<double?> Create(string name, string description, double minimum = double.MinValue, double maximum = double.MaxValue) => new(name)
    {
        Description = description,
        CustomParser = result => Parse(result, name, minimum, maximum),
    };

    private static double? Parse(ArgumentResult result, string name, double minimum, double maximum)
    {
        string given = result.Tokens[^1].Value;
        if (double.TryParse(given, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && number >= minimum && number <= maximum)
            return number;
        string range = minimum == double.MinValue ? "" : string.Create(CultureInfo.InvariantCulture, $" from {minimum} to {maximum}");
        result.AddError($"{name} must be a number{range}, not \"{given}\".");
        return null;
    }
}
