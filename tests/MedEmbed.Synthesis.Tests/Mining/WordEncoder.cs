using MedEmbed.Data.Texts;
using MedEmbed.Encoding;
using MedEmbed.Retrieval;
using MedEmbed.Synthesis.Mining;
using MedEmbed.Vectors;

namespace MedEmbed.Synthesis.Tests.Mining;

/// <summary>An encoder of bags of words: each word is a dimension by its hash, vectors have unit length.</summary>
internal sealed class WordEncoder(int dimensions = 64, ulong seed = 0) : ITextEncoder
{
    public int Dimensions => dimensions;

    public int MaxLength => int.MaxValue;

    /// <summary>Texts encoded so far.</summary>
    public int Encoded { get; private set; }

    /// <summary>Cancels after so many texts; null never.</summary>
    public (int After, CancellationTokenSource Source)? Stop { get; init; }

    public MiningModel Model => new(this, new IndexModel { Name = "words", Hash = $"words-{seed}", Dimensions = dimensions, Similarity = Similarity.Cosine });

    public ValueTask<Encoded> EncodeAsync(IReadOnlyList<string> texts, EncodeOptions options, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var vectors = new EmbeddingMatrix(texts.Count, dimensions);
        for (int i = 0; i < texts.Count; i++)
            Vector(texts[i]).CopyTo(vectors[i]);
        Encoded += texts.Count;
        if (Stop is { } stop && Encoded >= stop.After)
            stop.Source.Cancel();
        return ValueTask.FromResult(new Encoded(vectors, new EncodeReport(texts.Count, texts.Count, 0, texts.Count)));
    }

    public float[] Vector(string text)
    {
        float[] vector = new float[dimensions];
        foreach (string word in NormalizedText.Of(text).Split(' '))
            vector[(int)((NormalizedText.HashOf(word) ^ seed) % (UInt128)(ulong)dimensions)] += 1;
        float length = MathF.Sqrt(vector.Sum(value => value * value));
        return Array.ConvertAll(vector, value => value / length);
    }

    public double Score(string query, string passage) => Vector(query).Zip(Vector(passage), (a, b) => (double)a * b).Sum();
}
