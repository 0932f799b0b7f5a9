using System.Globalization;
using Lucene.Net.Analysis.En;
using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Search.Similarities;
using Lucene.Net.Store;

namespace MedEmbed.Retrieval.Bm25;

/// <summary>Words of documents in a Lucene index, ranked by BM25.</summary>
/// <remarks>
/// <para>Lucene's English analyser makes words of a text: Unicode word breaks, possessives off, lower case, stop words out, Porter's stems. A query's words are looked up as they are,
/// never parsed as query syntax, and a word that stands n times counts n times.</para>
/// <para>score = Σ idf · tf · (k1 + 1) / (tf + k1 · (1 − b + b · length / mean length)) over the query's words, idf = ln(1 + (N − n + 0.5) / (n + 0.5)) for n of N documents.
/// Lucene keeps a document's length in one byte, exact to about an eighth.</para>
/// <para>Thread-safe for searching.</para>
/// </remarks>
public sealed class Bm25Index : IDisposable
{
    private readonly Lucene.Net.Store.Directory _directory;
    private readonly DirectoryReader _reader;
    private readonly IndexSearcher _searcher;
    private readonly EnglishAnalyzer _analyzer = new(Bm25IndexBuilder.Version);

    static Bm25Index()
    {
        // A long query has more words than Lucene's 1,024. The limit is the process's; ours is the only use of Lucene.
        BooleanQuery.MaxClauseCount = int.MaxValue;
    }

    internal Bm25Index(Lucene.Net.Store.Directory directory, Bm25Options options)
    {
        _directory = directory;
        _reader = DirectoryReader.Open(directory);
        _searcher = new IndexSearcher(_reader) { Similarity = new BM25Similarity(options.K1, options.B) };
    }

    /// <summary>The version of Lucene that analyses and ranks.</summary>
    public static string LuceneVersion { get; } = typeof(IndexSearcher).Assembly.GetName().Version!.ToString(3);

    /// <summary>Documents in the index.</summary>
    public int Count => _reader.NumDocs;

    /// <summary>Opens an index that a <see cref="Bm25IndexBuilder"/> wrote to <paramref name="folder"/>.</summary>
    /// <param name="folder">The index's folder.</param>
    /// <param name="options">Parameters of the ranking; null for Lucene's.</param>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="IndexFormatException">The folder holds no index, or a damaged one.</exception>
    public static Bm25Index Open(string folder, Bm25Options? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        if (!System.IO.Directory.Exists(folder))
            throw new DirectoryNotFoundException($"{folder}: there is no such folder; build the index first.");
        FSDirectory directory = FSDirectory.Open(folder);
        try
        {
            return new Bm25Index(directory, options ?? Bm25Options.Default);
        }
        catch (Exception error) when (error is IndexNotFoundException or CorruptIndexException or EndOfStreamException)
        {
            directory.Dispose();
            throw new IndexFormatException(folder, $"is no BM25 index, or a damaged one ({error.Message}). Build it again.");
        }
    }

    /// <summary>The best documents that have at least one word of the query.</summary>
    /// <param name="query">Any text.</param>
    /// <param name="top">Documents at most, at least 1.</param>
    /// <returns>Best first; equal scores in the order in which the documents were added. Empty where no word of the query is in any document.</returns>
    public IReadOnlyList<SearchHit> Search(string query, int top)
    {
        return Array.ConvertAll(Rank(query, top), hit => new SearchHit(_searcher.Doc((int)hit.Row).GetField(Bm25IndexBuilder.IdField).GetStringValue(CultureInfo.InvariantCulture), hit.Score, hit.Row));
    }

    /// <summary>The same ranking by rows alone, which is several times faster: ids are kept compressed.</summary>
    /// <param name="query">Any text.</param>
    /// <param name="top">Documents at most, at least 1.</param>
    /// <returns>Rows, which count documents from 0 in the order in which they were added, with their scores; best first.</returns>
    public (long Row, float Score)[] Rank(string query, int top)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentOutOfRangeException.ThrowIfLessThan(top, 1);
        BooleanQuery words = WordsOf(query);
        if (words.Clauses.Count == 0 || Count == 0)
            return [];
        return Array.ConvertAll(_searcher.Search(words, Math.Min(top, Count)).ScoreDocs, hit => ((long)hit.Doc, hit.Score));
    }

    /// <summary>Scores chosen documents for a query, as a search would score them; 0 for a document that has no word of the query.</summary>
    /// <param name="query">Any text.</param>
    /// <param name="rows">Documents by <see cref="SearchHit.Row"/>, which counts them from 0 in the order in which they were added.</param>
    /// <param name="scores">Gets a score for each row.</param>
    /// <exception cref="ArgumentException">There are fewer scores than rows.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A row is not of this index.</exception>
    public void Score(string query, ReadOnlySpan<long> rows, Span<float> scores)
    {
        ArgumentNullException.ThrowIfNull(query);
        if (scores.Length < rows.Length)
            throw new ArgumentException($"{rows.Length} rows do not fit {scores.Length} scores.", nameof(scores));
        long[] sorted = rows.ToArray();
        int[] places = new int[rows.Length];
        for (int i = 0; i < places.Length; i++)
        {
            places[i] = i;
            ArgumentOutOfRangeException.ThrowIfNegative(sorted[i], nameof(rows));
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(sorted[i], _reader.MaxDoc, nameof(rows));
        }

        Array.Sort(sorted, places);
        double[] sums = new double[rows.Length];
        foreach (BooleanClause clause in WordsOf(query).Clauses)
            AddScores(clause.Query, sorted, sums);
        for (int i = 0; i < places.Length; i++)
            scores[places[i]] = (float)sums[i];
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _reader.Dispose();
        _directory.Dispose();
        _analyzer.Dispose();
    }

    /// <summary>Adds what one word scores in each of <paramref name="rows"/>, which ascend.</summary>
    private void AddScores(Query word, long[] rows, double[] sums)
    {
        Weight weight = _searcher.CreateNormalizedWeight(word);
        int next = 0;
        foreach (AtomicReaderContext leaf in _reader.Leaves)
        {
            int end = leaf.DocBase + leaf.AtomicReader.MaxDoc;
            Scorer? scorer = next < rows.Length && rows[next] < end ? weight.GetScorer(leaf, leaf.AtomicReader.LiveDocs) : null;
            int at = -1;
            for (; next < rows.Length && rows[next] < end; next++)
            {
                int wanted = (int)rows[next] - leaf.DocBase;
                if (scorer is not null && at < wanted)
                    at = scorer.Advance(wanted);
                if (scorer is not null && at == wanted)
                    sums[next] += scorer.GetScore();
            }
        }
    }

    private BooleanQuery WordsOf(string query)
    {
        var occurrences = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (string word in AnalyzedWords.Of(_analyzer, query))
            occurrences[word] = occurrences.GetValueOrDefault(word) + 1;
        var words = new BooleanQuery();

        // In a fixed order, so that floating-point sums are the same every time.
        foreach ((string word, int count) in occurrences.OrderBy(occurrence => occurrence.Key, StringComparer.Ordinal))
            words.Add(new TermQuery(new Term(Bm25IndexBuilder.TextField, word)) { Boost = count }, Occur.SHOULD);
        return words;
    }
}
