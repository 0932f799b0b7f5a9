using System.Numerics.Tensors;
using MedEmbed.Training.Sampling;

namespace MedEmbed.Training.Teachers;

/// <summary>Models, and BM25, whose opinions on a batch are joined into one score for each query and document.</summary>
/// <remarks>
/// <para>The score of query i with document d is Σ w_m · z_m(i, d) / Σ w_m over the members m, where z_m is the member's score less its mean over all documents of the batch,
/// divided by its standard deviation over them (0 where the member scores all documents alike). So members on different scales count by their weights, and
/// the scores' spread, and with it the meaning of a temperature, does not depend on the number of members.</para>
/// <para>The models' vectors of all texts are computed once, by the first run that needs them, and kept on disk as f16; a killed run goes on where it was. Scoring is thread-safe.</para>
/// </remarks>
public sealed class TeacherEnsemble : IDisposable
{
    private readonly List<(ITeacher Teacher, float Weight)> _members = [];

    private TeacherEnsemble()
    {
    }

    /// <summary>Computes what is not on disk yet of the models' vectors, and counts words for BM25.</summary>
    /// <param name="options">Who teaches.</param>
    /// <param name="sets">All sources of the run.</param>
    /// <param name="progress">Told about every 512 texts.</param>
    /// <param name="cancellationToken">Ends the preparation; what is computed stays.</param>
    /// <exception cref="ArgumentException">There is neither a model nor a weight for BM25.</exception>
    /// <exception cref="DirectoryNotFoundException">A model's folder is missing.</exception>
    /// <exception cref="ModelFormatException">A file of a model is missing or malformed.</exception>
    /// <exception cref="IOException">The cache folder cannot be written, or another process writes the same vectors.</exception>
    public static async Task<TeacherEnsemble> PrepareAsync(TeacherEnsembleOptions options, IReadOnlyList<ExampleSet> sets, IProgress<TeacherProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(sets);
        if (options.Models.Count == 0 && options.Bm25Weight == 0)
            throw new ArgumentException("An ensemble needs a teacher: name a model, or give BM25 a weight.", nameof(options));
        TeacherEnsemble ensemble = new();
        try
        {
            foreach (TeacherModel model in options.Models)
            {
                ModelVectors vectors = await ModelVectors.PrepareAsync(model, sets, CacheFolderOf(options.CacheFolder), progress, cancellationToken).ConfigureAwait(false);
                ensemble._members.Add((new VectorTeacher(vectors), (float)model.Weight));
            }

            if (options.Bm25Weight > 0)
                ensemble._members.Add((await Task.Run(() => Bm25Teacher.Prepare(sets, options.Bm25, cancellationToken), cancellationToken).ConfigureAwait(false), (float)options.Bm25Weight));
            return ensemble;
        }
        catch
        {
            ensemble.Dispose();
            throw;
        }
    }

    /// <summary>Scores of every query with every document of the batch, B × B·(1 + N) in row-major order.</summary>
    /// <exception cref="ArgumentException">A text is none of the sources'.</exception>
    public float[] ScoresOf(TrainingBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        int documents = batch.DocumentCount;
        float[] joined = new float[batch.Examples.Count * documents];
        float[] scores = new float[joined.Length];
        foreach ((ITeacher teacher, float weight) in _members)
        {
            teacher.Score(batch, scores);
            for (int start = 0; start < scores.Length; start += documents)
                AddStandardized(scores.AsSpan(start, documents), weight, joined.AsSpan(start, documents));
        }

        TensorPrimitives.Divide(joined, _members.Sum(member => member.Weight), joined);
        return joined;
    }

    /// <summary>Scores of every query with its own documents, B × (1 + N) in row-major order, positive first: entries of <see cref="ScoresOf"/>, so standardised over the whole batch too.</summary>
    /// <exception cref="ArgumentException">A text is none of the sources'.</exception>
    public float[] ScoresOfOwn(TrainingBatch batch)
    {
        float[] all = ScoresOf(batch);
        (int size, int columns) = (batch.Examples.Count, batch.Negatives + 1);
        float[] own = new float[size * columns];
        for (int i = 0; i < own.Length; i++)
        {
            (int query, int column) = Math.DivRem(i, columns);
            own[i] = all[(query * size * columns) + (column * size) + query];
        }

        return own;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach ((ITeacher teacher, _) in _members)
            teacher.Dispose();
    }

    internal static string CacheFolderOf(string? folder) => folder ?? Path.Combine(CacheFolder.Default, "teachers");

    private static void AddStandardized(ReadOnlySpan<float> scores, float weight, Span<float> joined)
    {
        double mean = 0, squares = 0;
        foreach (float score in scores)
            mean += score;
        mean /= scores.Length;
        foreach (float score in scores)
            squares += (score - mean) * (score - mean);
        double deviation = Math.Sqrt(squares / scores.Length);
        // Equal scores differ from their mean by rounding.
        if (deviation <= 1e-6 * Math.Abs(mean))
            return;
        for (int i = 0; i < scores.Length; i++)
            joined[i] += (float)(weight * (scores[i] - mean) / deviation);
    }
}
