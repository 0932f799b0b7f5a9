using MedEmbed.Encoding;

namespace MedEmbed.Tests.EmbeddingGenerators;

/// <summary>An encoder that keeps what it was asked: its vectors count a text's characters, tokens are characters, and texts over
/// <see cref="MaxLength"/> are cut.</summary>
internal sealed class RecordedEncoder : ITextEncoder, IDisposable
{
    public int Dimensions => 4;

    public int MaxLength => 10;

    public List<EncodeOptions> Calls { get; } = [];

    public bool IsDisposed { get; private set; }

    public ValueTask<Encoded> EncodeAsync(IReadOnlyList<string> texts, EncodeOptions options, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (Calls)
            Calls.Add(options);
        int dimensions = options.Dimensions ?? Dimensions;
        var vectors = new EmbeddingMatrix(texts.Count, dimensions);
        for (int row = 0; row < texts.Count; row++)
            vectors[row].Fill(texts[row].Length);
        long tokens = texts.Sum(text => (long)Math.Min(text.Length, MaxLength));
        return ValueTask.FromResult(new Encoded(vectors, new EncodeReport(texts.Count, tokens, texts.Count(text => text.Length > MaxLength), tokens)));
    }

    public void Dispose() => IsDisposed = true;
}
