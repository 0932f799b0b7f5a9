using Lucene.Net.Analysis.En;

namespace MedEmbed.Retrieval.Bm25;

/// <summary>Makes words of a text as a <see cref="Bm25Index"/> does: Unicode word breaks, possessives off, lower case, stop words out, Porter's stems.</summary>
/// <remarks>Thread-safe.</remarks>
public sealed class EnglishWords : IDisposable
{
    private readonly EnglishAnalyzer _analyzer = new(Bm25IndexBuilder.Version);

    /// <summary>The words of <paramref name="text"/>, in order, repeated ones among them.</summary>
    public IReadOnlyList<string> Of(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return AnalyzedWords.Of(_analyzer, text);
    }

    /// <inheritdoc/>
    public void Dispose() => _analyzer.Dispose();
}
