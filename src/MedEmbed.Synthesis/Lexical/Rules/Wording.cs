using System.IO.Hashing;

namespace MedEmbed.Synthesis.Lexical.Rules;

/// <summary>Chooses among ways to ask, so that a set has all of them and the same thing is always asked in the same way.</summary>
internal static class Wording
{
    /// <summary>One of <paramref name="forms"/>, by the hash of <paramref name="value"/>, which takes the place of <c>{0}</c>.</summary>
    public static string Choose(IReadOnlyList<string> forms, string value) =>
        forms[(int)(XxHash64.HashToUInt64(System.Text.Encoding.UTF8.GetBytes(value)) % (ulong)forms.Count)].Replace("{0}", value, StringComparison.Ordinal);
}
