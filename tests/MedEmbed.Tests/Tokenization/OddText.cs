using System.Text;
using CsCheck;

namespace MedEmbed.Tests.Tokenization;

/// <summary>Generators of texts that mix words, punctuation, white space, marks, special tokens and code points of every plane.</summary>
public static class OddText
{
    private static readonly Gen<string> Scalar = Gen.Int[0, 0x10FFFF - 0x800].Select(i => new Rune(i < 0xD800 ? i : i + 0x800).ToString());

    private static readonly string[] Separators = [" ", "\t", "\n", "-", ", ", "=", "[", "]", "[SEP]", "[MASK]", "\u00A0", "\u200B", "\0"];

    private static readonly Gen<string> Part = Gen.Frequency(
        (8, Gen.String[Gen.Char['a', 'z'], 1, 20]),
        (2, Gen.String[Gen.Char['A', 'Z'], 1, 3]),
        (2, Gen.String[Gen.Char['0', '9'], 1, 4]),
        (4, Gen.Int[0, Separators.Length - 1].Select(i => Separators[i])),
        (2, Gen.String[Gen.Char['\u0080', '\u0370'], 1, 3]),
        (1, Gen.String[Gen.Char['\u4E00', '\u4E20'], 1, 3]),
        (1, Gen.String[Gen.Char['a', 'b'], 95, 105]),
        (1, Gen.Char['\uD800', '\uDFFF'].Select(half => half.ToString())),
        (2, Scalar));

    /// <summary>Texts, lone surrogates among them.</summary>
    public static Gen<string> Any { get; } = Part.Array[0, 30].Select(parts => string.Concat(parts));
}
