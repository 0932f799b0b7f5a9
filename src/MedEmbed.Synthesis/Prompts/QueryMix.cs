using System.Globalization;
using MedEmbed.Synthesis.Candidates;

namespace MedEmbed.Synthesis.Prompts;

/// <summary>How many queries of each type are asked for a note. Immutable.</summary>
public sealed class QueryMix
{
    private const int MostOfAType = 50;

    private QueryMix(IReadOnlyList<(string Type, int Count)> counts) => Counts = counts;

    /// <summary>Two keyword, two natural-language, one procedure and one lay query.</summary>
    public static QueryMix Default { get; } = Parse("keyword=2,natural_language=2,procedure=1,lay=1");

    /// <summary>Types with their numbers, in the order given; none is 0.</summary>
    public IReadOnlyList<(string Type, int Count)> Counts { get; }

    /// <summary>Queries in all.</summary>
    public int Total => Counts.Sum(static entry => entry.Count);

    /// <summary>Reads <c>keyword=2,lay=1</c>.</summary>
    /// <exception cref="FormatException">A type is unknown or stands twice, a number is not from 0 to 50, or all are 0.</exception>
    public static QueryMix Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        List<(string Type, int Count)> counts = [];
        foreach (string entry in text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            int equals = entry.IndexOf('=', StringComparison.Ordinal);
            string type = QueryTypes.Find(equals < 0 ? entry : entry[..equals])
                ?? throw new FormatException($"query mix \"{text}\": \"{entry}\" names no type of query; there are {string.Join(", ", QueryTypes.All)}.");
            if (equals < 0 || !int.TryParse(entry.AsSpan(equals + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int count) || count > MostOfAType)
                throw new FormatException($"query mix \"{text}\": \"{entry}\" must be TYPE=NUMBER with a whole number from 0 to {MostOfAType}.");
            if (counts.Exists(other => other.Type == type))
                throw new FormatException($"query mix \"{text}\": {type} stands twice; give one number.");
            if (count > 0)
                counts.Add((type, count));
        }

        return counts.Count > 0 ? new QueryMix(counts) : throw new FormatException($"query mix \"{text}\" asks for no query; give for instance keyword=2,lay=1.");
    }

    /// <summary>The form that <see cref="Parse"/> reads.</summary>
    public override string ToString() => string.Join(',', Counts.Select(static entry => string.Create(CultureInfo.InvariantCulture, $"{entry.Type}={entry.Count}")));
}
