using System.Globalization;

namespace MedEmbed.Tokenization.Unicode;

/// <summary>Reads <c>unicode.txt</c>, whose first lines say how it was made and what its lines mean.</summary>
internal static class UnicodeTableReader
{
    private const string ResourceName = "MedEmbed.Tokenization.unicode.txt";
    private const int CodePoints = 0x110000;

    public static UnicodeTable ReadEmbedded()
    {
        using Stream stream = typeof(UnicodeTableReader).Assembly.GetManifestResourceStream(ResourceName)
            ?? throw new InvalidOperationException($"The assembly lacks the resource {ResourceName}; build it again.");
        using StreamReader reader = new(stream);
        return Read(reader);
    }

    private static UnicodeTable Read(StreamReader reader)
    {
        var traits = new CodePointTraits[CodePoints];
        Dictionary<int, int[]> lower = [], decompositions = [];
        Dictionary<int, byte> orders = [];
        while (reader.ReadLine() is { } line)
        {
            if (line.StartsWith('#'))
                continue;
            string[] fields = line.Split(' ');
            switch (fields[0])
            {
                case "lower":
                    ReadLower(fields, traits, lower);
                    break;
                case "nfd":
                    int source = Hex(fields[1]);
                    decompositions[source] = [.. fields.Skip(2).Select(field => Hex(field))];
                    traits[source] |= CodePointTraits.Decomposes;
                    break;
                case "order":
                    foreach (int mark in Span(fields[2]))
                    {
                        orders[mark] = byte.Parse(fields[1], NumberStyles.None, CultureInfo.InvariantCulture);
                        traits[mark] |= CodePointTraits.Reorders;
                    }

                    break;
                default:
                    CodePointTraits trait = TraitOf(fields[0]);
                    foreach (int member in Span(fields[1]))
                        traits[member] |= trait;
                    break;
            }
        }

        return new UnicodeTable(traits, lower, decompositions, orders);
    }

    private static void ReadLower(string[] fields, CodePointTraits[] traits, Dictionary<int, int[]> lower)
    {
        int[] target = [.. fields.Skip(2).Select(field => Hex(field))];
        int offset = 0;
        foreach (int source in Span(fields[1]))
        {
            lower[source] = [target[0] + offset++, .. target.AsSpan(1)];
            traits[source] |= CodePointTraits.Lowers;
        }
    }

    private static IEnumerable<int> Span(string field)
    {
        int dash = field.IndexOf('-', StringComparison.Ordinal);
        int first = Hex(dash < 0 ? field : field.AsSpan(0, dash));
        int last = dash < 0 ? first : Hex(field.AsSpan(dash + 1));
        return Enumerable.Range(first, last - first + 1);
    }

    private static CodePointTraits TraitOf(string set) => set switch
    {
        "other" => CodePointTraits.Other,
        "space" => CodePointTraits.WhiteSpace,
        "punctuation" => CodePointTraits.Punctuation,
        "mark" => CodePointTraits.NonspacingMark,
        "chinese" => CodePointTraits.Chinese,
        "word" => CodePointTraits.Word,
        _ => throw new InvalidOperationException($"{ResourceName}: no set is named \"{set}\"."),
    };

    private static int Hex(ReadOnlySpan<char> digits) => int.Parse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
}
