using System.Runtime.InteropServices;
using MedEmbed.Retrieval.Bm25;

namespace MedEmbed.Training.Teachers;

/// <summary>How often each word stands in each passage, for BM25 between any query and any passage. 6 bytes a word and passage.</summary>
/// <remarks>Thread-safe once all passages are added.</remarks>
internal sealed class WordCounts : IDisposable
{
    private readonly EnglishWords _words = new();
    private readonly Dictionary<string, int> _vocabulary = new(StringComparer.Ordinal);
    private readonly List<int> _passagesWith = [];
    private readonly Dictionary<UInt128, int> _passages = [];
    private readonly List<int> _starts = [0];
    private readonly List<int> _lengths = [];
    private readonly List<int> _wordNumbers = [];
    private readonly List<ushort> _counts = [];
    private long _totalLength;

    public int Passages => _lengths.Count;

    public int Vocabulary => _passagesWith.Count;

    public double MeanLength => (double)_totalLength / Passages;

    /// <summary>Passages in which a word stands.</summary>
    public int PassagesWith(int word) => _passagesWith[word];

    /// <summary>Words of a passage, repeated ones among them.</summary>
    public int LengthOf(int passage) => _lengths[passage];

    /// <summary>Adds a passage, unless it is there.</summary>
    public void Add(string text)
    {
        if (!_passages.TryAdd(TextKey.Of(text), Passages))
            return;
        IReadOnlyList<string> words = _words.Of(text);
        foreach ((string word, int count) in words.CountBy(word => word))
        {
            ref int number = ref CollectionsMarshal.GetValueRefOrAddDefault(_vocabulary, word, out bool there);
            if (!there)
            {
                number = Vocabulary;
                _passagesWith.Add(0);
            }

            _passagesWith[number]++;
            _wordNumbers.Add(number);
            _counts.Add((ushort)Math.Min(count, ushort.MaxValue));
        }

        _starts.Add(_wordNumbers.Count);
        _lengths.Add(words.Count);
        _totalLength += words.Count;
    }

    /// <summary>The passage of that text; −1 where it was not added.</summary>
    public int PassageOf(string text) => _passages.GetValueOrDefault(TextKey.Of(text), -1);

    /// <summary>The words of a query that stand in any passage, with how often they stand in the query.</summary>
    public IEnumerable<KeyValuePair<int, int>> WordsOf(string query) =>
        _words.Of(query).Select(word => _vocabulary.GetValueOrDefault(word, -1)).Where(number => number >= 0).CountBy(number => number);

    /// <summary>The distinct words of a passage, and how often each stands in it.</summary>
    public ReadOnlySpan<int> WordsOf(int passage, out ReadOnlySpan<ushort> counts)
    {
        (int start, int length) = (_starts[passage], _starts[passage + 1] - _starts[passage]);
        counts = CollectionsMarshal.AsSpan(_counts).Slice(start, length);
        return CollectionsMarshal.AsSpan(_wordNumbers).Slice(start, length);
    }

    public void Dispose() => _words.Dispose();
}
