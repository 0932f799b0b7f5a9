using System.Text;

namespace MedEmbed.Benchmarks.Tokenization;

/// <summary>Makes odd texts from ordinary ones: code points of every block, runs of combining marks, controls, literal special tokens, overlong words.</summary>
internal sealed class TextMutator(string[] texts, string[] tokens, int seed)
{
    private static readonly int[] Troublesome =
    [
        0x00, 0x09, 0x0A, 0x0B, 0x0C, 0x0D, 0x1C, 0x1F, 0x7F, 0x85, 0xA0, 0xAD, 0x130, 0x131, 0x3A3, 0x3C2, 0x34F, 0x1E9E, 0x2028, 0x2029,
        0x200B, 0x200D, 0x2060, 0xFEFF, 0xFFFD, 0xFFFF, 0x3000, 0x180E, 0xAC00, 0xD7A3, 0x1100, 0x1161, 0x11A8, 0x4E00, 0xFA0E, 0x2F800, 0x2B820,
        0x302E, 0x1D165, 0x1D16D, 0x212B, 0x2126, 0xFB03, 0x1F600, 0x1F468, 0xE000, 0x10FFFD, 0xE0001, 0x374, 0x37E, 0x387, 0x1FEF,
    ];

    private readonly Random _random = new(seed);

    public string Next()
    {
        string source = texts[_random.Next(texts.Length)];
        int start = _random.Next(source.Length);
        StringBuilder text = new(source, start, Math.Min(source.Length - start, _random.Next(0, 200)), 1024);
        int edits = _random.Next(0, 12);
        for (int i = 0; i < edits; i++)
            text.Insert(_random.Next(text.Length + 1), Insertion());
        string mutated = _random.Next(20) == 0 ? text.ToString().ToUpperInvariant() : text.ToString();

        // The reference takes UTF-8, so halves of surrogate pairs cannot reach it.
        return System.Text.Encoding.UTF8.GetString(System.Text.Encoding.UTF8.GetBytes(mutated));
    }

    private string Insertion() => _random.Next(10) switch
    {
        0 => Troubles(_random.Next(1, 4)),
        1 => tokens[_random.Next(tokens.Length)],
        2 => Marks(_random.Next(1, 8)),
        3 => new string((char)_random.Next('a', 'z' + 1), _random.Next(90, 110)),
        4 => Scalars(_random.Next(1, 6), 0x80, 0x3000),
        5 => Scalars(_random.Next(1, 6), 0x80, 0x110000),
        6 => Scalars(_random.Next(1, 6), 0x10000, 0x1F000),
        7 => Scalars(_random.Next(1, 8), 0x00, 0x80),
        8 => Scalars(1, 0x80, 0x110000) + Marks(_random.Next(1, 4)),
        _ => tokens[_random.Next(tokens.Length)].ToLowerInvariant()[_random.Next(2)..],
    };

    private string Troubles(int count) =>
        string.Concat(Enumerable.Range(0, count).Select(_ => char.ConvertFromUtf32(Troublesome[_random.Next(Troublesome.Length)])));

    private string Marks(int count) => string.Concat(Enumerable.Range(0, count).Select(_ => _random.Next(3) switch
    {
        0 => Scalars(1, 0x300, 0x370),
        1 => Scalars(1, 0x591, 0x1000),
        _ => Scalars(1, 0x1D165, 0x1D1AE),
    }));

    private string Scalars(int count, int from, int to) => string.Concat(Enumerable.Range(0, count).Select(_ =>
    {
        int codePoint = _random.Next(from, to);
        return char.ConvertFromUtf32(codePoint is >= 0xD800 and <= 0xDFFF ? codePoint - 0x800 : codePoint);
    }));
}
