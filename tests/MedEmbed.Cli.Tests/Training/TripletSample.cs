using System.Globalization;
using System.Text.Json;

namespace MedEmbed.Cli.Tests.Training;

/// <summary>Triplets of invented words, in which a query and its positive share theirs.</summary>
internal static class TripletSample
{
    public static string Write(string path, int count, int negatives = 2, int words = 6)
    {
        var random = new Random(count);
        using var writer = new StreamWriter(path);
        for (int i = 0; i < count; i++)
        {
            string[] topic = [.. Enumerable.Range(0, words).Select(_ => Word(random))];
            writer.WriteLine(JsonSerializer.Serialize(new
            {
                query = string.Join(' ', topic[..3]) + " " + i.ToString(CultureInfo.InvariantCulture),
                pos = (string[])[string.Join(' ', topic) + " a" + i.ToString(CultureInfo.InvariantCulture)],
                neg = Enumerable.Range(0, negatives).Select(n => $"{string.Join(' ', Enumerable.Range(0, words).Select(_ => Word(random)))} {i}.{n}").ToArray(),
            }));
        }

        return path;
    }

    private static string Word(Random random) => new([.. Enumerable.Range(0, 4).Select(_ => (char)('a' + random.Next(26)))]);
}
