using Lucene.Net.Analysis;
using Lucene.Net.Analysis.TokenAttributes;

namespace MedEmbed.Retrieval.Bm25;

/// <summary>The words that an analyser makes of a text.</summary>
internal static class AnalyzedWords
{
    public static List<string> Of(Analyzer analyzer, string text)
    {
        List<string> words = [];
        using TokenStream tokens = analyzer.GetTokenStream(Bm25IndexBuilder.TextField, text);
        ICharTermAttribute word = tokens.GetAttribute<ICharTermAttribute>();
        tokens.Reset();
        while (tokens.IncrementToken())
            words.Add(word.ToString()!);
        tokens.End();
        return words;
    }
}
