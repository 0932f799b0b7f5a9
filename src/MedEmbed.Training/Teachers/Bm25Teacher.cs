using MedEmbed.Retrieval.Bm25;
using MedEmbed.Training.Sampling;

namespace MedEmbed.Training.Teachers;

/// <summary>Scores by BM25 with the statistics of all passages of a run.</summary>
/// <remarks>Words and formula are those of <see cref="Bm25Index"/>: Σ idf · tf · (k1 + 1) / (tf + k1 · (1 − b + b · length / mean length)) over the query's words,
/// idf = ln(1 + (N − n + 0.5) / (n + 0.5)) for n of N passages; but lengths are exact, and not one byte as in Lucene.</remarks>
internal sealed class Bm25Teacher : ITeacher
{
    private readonly WordCounts _words = new();
    private readonly Bm25Options _options;

    private Bm25Teacher(Bm25Options options) => _options = options;

    /// <summary>Counts the words of all passages.</summary>
    public static Bm25Teacher Prepare(IReadOnlyList<ExampleSet> sets, Bm25Options options, CancellationToken cancellationToken)
    {
        Bm25Teacher teacher = new(options);
        foreach (string passage in sets.SelectMany(set => set.Passages()))
        {
            cancellationToken.ThrowIfCancellationRequested();
            teacher._words.Add(passage);
        }

        return teacher;
    }

    public void Score(TrainingBatch batch, Span<float> scores)
    {
        int[] passages = [.. batch.Documents.Select(PassageOf)];
        float[] weights = new float[_words.Vocabulary];
        foreach (string query in batch.Queries)
        {
            KeyValuePair<int, int>[] words = [.. _words.WordsOf(query)];
            foreach ((int word, int count) in words)
                weights[word] = count * InverseFrequency(word);
            for (int i = 0; i < passages.Length; i++)
                scores[i] = ScoreOf(passages[i], weights);
            foreach ((int word, _) in words)
                weights[word] = 0;
            scores = scores[passages.Length..];
        }
    }

    public void Dispose() => _words.Dispose();

    private int PassageOf(string text) =>
        _words.PassageOf(text) is >= 0 and int passage
            ? passage
            : throw new ArgumentException("BM25: a text of the batch was not among those that the teacher was prepared with; prepare it with all sources of the run.", nameof(text));

    private float InverseFrequency(int word)
    {
        int with = _words.PassagesWith(word);
        return (float)Math.Log(1 + ((_words.Passages - with + 0.5) / (with + 0.5)));
    }

    private float ScoreOf(int passage, float[] weights)
    {
        ReadOnlySpan<int> words = _words.WordsOf(passage, out ReadOnlySpan<ushort> counts);
        float norm = _options.K1 * (1 - _options.B + (_options.B * (float)(_words.LengthOf(passage) / _words.MeanLength)));
        float score = 0;
        for (int i = 0; i < words.Length; i++)
            score += weights[words[i]] * counts[i] * (_options.K1 + 1) / (counts[i] + norm);
        return score;
    }
}
