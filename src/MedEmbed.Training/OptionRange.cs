using System.Globalization;
using System.Runtime.CompilerServices;

namespace MedEmbed.Training;

/// <summary>Ranges of options, checked where a value is set; the error names the option, the value and the range.</summary>
internal static class OptionRange
{
    public static double Positive(double value, [CallerMemberName] string option = "") =>
        Require(double.IsFinite(value) && value > 0, value, "a finite number above 0", option);

    public static double NotNegative(double value, [CallerMemberName] string option = "") =>
        Require(double.IsFinite(value) && value >= 0, value, "a finite number of at least 0", option);

    public static double Finite(double value, [CallerMemberName] string option = "") =>
        Require(double.IsFinite(value), value, "a finite number", option);

    /// <summary>From 0, inclusive, to 1, exclusive: rates of moving averages.</summary>
    public static double Decay(double value, [CallerMemberName] string option = "") =>
        Require(value is >= 0 and < 1, value, "at least 0 and below 1", option);

    /// <summary>From 0 to 1, both inclusive: shares and probabilities.</summary>
    public static double Share(double value, [CallerMemberName] string option = "") =>
        Require(value is >= 0 and <= 1, value, "from 0 to 1", option);

    public static TEnum Defined<TEnum>(TEnum value, [CallerMemberName] string option = "")
        where TEnum : struct, Enum =>
        Enum.IsDefined(value) ? value : throw new ArgumentOutOfRangeException(option, value, $"{option} must be one of {string.Join(", ", Enum.GetNames<TEnum>())}.");

    private static double Require(bool holds, double value, string range, string option) =>
        holds ? value : throw new ArgumentOutOfRangeException(option, value.ToString(CultureInfo.InvariantCulture), $"{option} must be {range}.");
}
