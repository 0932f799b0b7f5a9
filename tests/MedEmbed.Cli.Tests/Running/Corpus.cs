using System.Globalization;
using System.Text.Json;

namespace MedEmbed.Cli.Tests.Running;

/// <summary>Texts for the tests.</summary>
public static class Corpus
{
    /// <summary>Some passages of the sample corpus, spread over it.</summary>
    public static string[] SampleLines(int count)
    {
        string[] all = File.ReadAllLines(RepositoryFiles.PathOf("samples/medquad/corpus.jsonl"));
        return [.. Enumerable.Range(0, count).Select(i => all[i * all.Length / count])];
    }

    /// <summary>Writes so many short made-up documents.</summary>
    public static string Write(string path, int documents, int words = 8, int seed = 1)
    {
        var random = new Random(seed);
        File.WriteAllLines(path, Enumerable.Range(0, documents).Select(i => JsonSerializer.Serialize(new
        {
            _id = string.Create(CultureInfo.InvariantCulture, $"d{i}"),
            title = Word(random),
            text = string.Join(' ', Enumerable.Range(0, 1 + random.Next(words)).Select(_ => Word(random))),
        })));
        return path;
    }

    private static string Word(Random random) => new([.. Enumerable.Range(0, 2 + random.Next(5)).Select(_ => (char)('a' + random.Next(26)))]);
}
