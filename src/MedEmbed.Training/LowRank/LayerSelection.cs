using System.Text.RegularExpressions;

namespace MedEmbed.Training.LowRank;

/// <summary>Which of a model's layers are adapted, by PEFT's rules.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record LayerSelection
{
    /// <summary>PEFT's word for every linear layer.</summary>
    public const string AllLinear = "all-linear";

    /// <summary>Names, or ends of names from a dot on (<c>query</c>, <c>output.dense</c>); empty where <see cref="Pattern"/> chooses.</summary>
    public IReadOnlyList<string> Names { get; init; } = [];

    /// <summary>A regular expression over a layer's whole name, or <see cref="AllLinear"/>; null where <see cref="Names"/> choose.</summary>
    public string? Pattern { get; init; }

    /// <summary>Names, or ends of names, that are not adapted although chosen.</summary>
    public IReadOnlyList<string> ExcludedNames { get; init; } = [];

    /// <summary>A regular expression over the whole name of layers that are not adapted although chosen; null for none.</summary>
    public string? ExcludedPattern { get; init; }

    /// <summary>Numbers of the transformer layers, from 0, that <see cref="Names"/> are chosen in; null for all.</summary>
    public IReadOnlyList<int>? Layers { get; init; }

    /// <summary>What stands before a layer's number in names, as regular expressions; empty for any word.</summary>
    public IReadOnlyList<string> LayersPatterns { get; init; } = [];

    /// <summary>Whether the layer of this name is adapted.</summary>
    /// <exception cref="ArgumentException">A pattern is no regular expression.</exception>
    /// <exception cref="RegexMatchTimeoutException">A pattern takes more than a second on one name.</exception>
    public bool Selects(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (EndsWithAny(name, ExcludedNames) || (ExcludedPattern is { } excluded && LayerPattern.MatchesWhole(excluded, name)))
            return false;
        if (Pattern is { } pattern)
            return string.Equals(pattern, AllLinear, StringComparison.OrdinalIgnoreCase) || LayerPattern.MatchesWhole(pattern, name);
        return EndsWithAny(name, Names) && IsInLayers(name);
    }

    private static bool EndsWithAny(string name, IReadOnlyList<string> ends) =>
        ends.Any(end => name == end || name.EndsWith("." + end, StringComparison.Ordinal));

    private bool IsInLayers(string name)
    {
        if (Layers is null)
            return true;
        IEnumerable<string> patterns = LayersPatterns.Count == 0 ? ["[^.]*"] : LayersPatterns;
        return patterns.Select(pattern => LayerPattern.NumberAfter(pattern, name)).FirstOrDefault(number => number is not null) is { } layer && Layers.Contains(layer);
    }
}
