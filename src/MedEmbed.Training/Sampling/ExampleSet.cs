using MedEmbed.Data;

namespace MedEmbed.Training.Sampling;

/// <summary>All examples of one source, in memory. Immutable and thread-safe.</summary>
/// <remarks>A distinct text takes its UTF-8 bytes and about 36 more, an example about 40 and a passage of it 8.</remarks>
public sealed class ExampleSet
{
    private readonly TextTable _texts;
    private readonly ExampleRow[] _rows;
    private readonly int[] _passages;
    private readonly float[] _scores;

    internal ExampleSet(TrainingSource source, string file, TextTable texts, ExampleRow[] rows, int[] passages, float[] scores, ExampleSetReport report)
    {
        (Source, File, Report, _texts, _rows, _passages, _scores) = (source, file, report, texts, rows, passages, scores);
        Known = new KnownPositives(rows.SelectMany(row => passages.Skip(row.Passages).Take(row.Positives).Select(passage => (texts.NormalizedHash(row.Query), texts.NormalizedHash(passage)))));
    }

    /// <summary>The source.</summary>
    public TrainingSource Source { get; }

    /// <summary>The file whose lines the examples are from.</summary>
    public string File { get; }

    /// <summary>Number of examples, at least 1.</summary>
    public int Count => _rows.Length;

    /// <summary>Whether the data has a teacher's score for every passage of every example.</summary>
    public bool HasScores => _rows.All(row => row.HasScores);

    /// <summary>What was read and what was left out.</summary>
    public ExampleSetReport Report { get; }

    internal KnownPositives Known { get; }

    /// <summary>Reads a source.</summary>
    /// <param name="source">The source.</param>
    /// <param name="options">What is asked of it; null for the defaults.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="ArgumentException">The loss needs negatives, and the source's number of them is 0.</exception>
    /// <exception cref="DataFormatException">A line breaks a rule, an example lacks what the loss needs or the group that batches are made of, or there is no example.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static Task<ExampleSet> LoadAsync(TrainingSource source, ExampleLoadOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        return new ExampleSetReader(source, options ?? ExampleLoadOptions.Default).ReadAsync(cancellationToken);
    }

    /// <summary>The distinct queries, in the order in which they first stand.</summary>
    public IEnumerable<string> Queries() => _rows.Select(row => row.Query).Distinct().Select(query => _texts[query]);

    /// <summary>The distinct positives and negatives, in the order in which they first stand.</summary>
    public IEnumerable<string> Passages() => _passages.Distinct().Select(passage => _texts[passage]);

    internal ExampleRow this[int example] => _rows[example];

    internal string TextOf(int text) => _texts[text];

    internal UInt128 HashOf(int text) => _texts.NormalizedHash(text);

    internal int LengthOf(int text) => _texts.LengthOf(text);

    /// <summary>The text of a passage, which a row's <see cref="ExampleRow.Passages"/> counts.</summary>
    internal int PassageText(int passage) => _passages[passage];

    /// <summary>The score of a passage; NaN where it has none.</summary>
    internal float ScoreOf(int passage) => _scores.Length > 0 ? _scores[passage] : float.NaN;

    internal DataFormatException Fault(ExampleRow row, string problem) => new(File, row.Line, problem);
}
