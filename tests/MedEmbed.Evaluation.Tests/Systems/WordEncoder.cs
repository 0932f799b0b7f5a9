using System.IO.Hashing;
using MedEmbed.Encoding;
using MedEmbed.Evaluation.Systems;
using MedEmbed.Models;
using MedEmbed.Vectors;

namespace MedEmbed.Evaluation.Tests.Systems;

/// <summary>A bag of hashed words, so that texts with common words are alike; counts what it encodes, and fails where a test asks for it.</summary>
internal sealed class WordEncoder : ITextEncoder
{
    private static readonly ModelPrompts Own = new(new Dictionary<string, string> { ["query"] = "find: ", ["short"] = "f " }, null);
    private readonly Lock _lock = new();

    /// <summary>Every text encoded so far, with its prompt before it.</summary>
    public List<string> Encoded { get; } = [];

    /// <summary>Calls that succeed before one is cancelled; null cancels none.</summary>
    public int? CallsBeforeCancellation { get; set; }

    public int Dimensions => 32;

    public int MaxLength => 512;

    /// <summary>The encoder as a model named <c>words</c>.</summary>
    public DenseModel Model(Similarity similarity = Similarity.Cosine, string precision = "f32") =>
        new(this, new ModelMeta { Name = "words", Hash = "0123456789abcdef" }, precision, similarity, Own);

    public ValueTask<Encoded> EncodeAsync(IReadOnlyList<string> texts, EncodeOptions options, CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            if (CallsBeforeCancellation-- == 0)
                throw new OperationCanceledException();
            Encoded.AddRange(texts.Select(text => Own.TextOf(options.Prompt) + text));
        }

        var vectors = new EmbeddingMatrix(texts.Count, Dimensions);
        for (int row = 0; row < texts.Count; row++)
            Fill(vectors[row], Own.TextOf(options.Prompt) + texts[row]);
        return ValueTask.FromResult(new Encoded(vectors, new EncodeReport(texts.Count, texts.Count, 0, texts.Count)));
    }

    private static void Fill(Span<float> vector, string text)
    {
        if (text.Contains("NOT A NUMBER", StringComparison.Ordinal))
            vector[3] = float.NaN;
        foreach (string word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            uint hash = XxHash32.HashToUInt32(System.Text.Encoding.UTF8.GetBytes(word));
            vector[(int)(hash % 31)] += 1 + hash / 31 % 7;
        }
    }
}
