using CsCheck;
using MedEmbed.Data.Texts;

namespace MedEmbed.Data.Tests.NearDuplicates;

/// <summary>Texts of random words, and their exact n-gram similarity.</summary>
internal static class WordSets
{
    /// <summary>Words of a text, from 5 to 200 out of 300.</summary>
    public static Gen<string[]> Words { get; } = Gen.Int[0, 299].Select(number => $"w{number}").Array[5, 200];

    /// <summary>The Jaccard similarity of the two texts' word n-grams, from their definition.</summary>
    public static double Jaccard(string first, string second, int n)
    {
        HashSet<string> mine = NGrams(first, n);
        HashSet<string> others = NGrams(second, n);
        int common = mine.Count(others.Contains);
        return (double)common / (mine.Count + others.Count - common);
    }

    private static HashSet<string> NGrams(string text, int n)
    {
        string[] words = NormalizedText.Of(text).Split(' ');
        return words.Length < n ? [string.Join(' ', words)] : [.. Enumerable.Range(0, words.Length - n + 1).Select(i => string.Join(' ', words[i..(i + n)]))];
    }
}
