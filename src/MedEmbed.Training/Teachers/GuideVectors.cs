using MedEmbed.Training.Sampling;

namespace MedEmbed.Training.Teachers;

/// <summary>A guide model's vectors of a run's texts, for losses that leave false negatives out (GIST).</summary>
/// <remarks>Computed once and kept on disk as in <see cref="TeacherEnsemble"/>, in the same files. Thread-safe.</remarks>
public sealed class GuideVectors : IDisposable
{
    private readonly ModelVectors _vectors;

    private GuideVectors(ModelVectors vectors) => _vectors = vectors;

    /// <summary>Numbers a vector has, D.</summary>
    public int Dimensions => _vectors.Dimensions;

    /// <summary>Computes what is not on disk yet.</summary>
    /// <param name="guide">The model; its weight does not matter.</param>
    /// <param name="sets">All sources of the run.</param>
    /// <param name="cacheFolder">Where vectors are kept; null takes <c>teachers</c> in <see cref="CacheFolder.Default"/>.</param>
    /// <param name="progress">Told about every 512 texts.</param>
    /// <param name="cancellationToken">Ends the preparation; what is computed stays.</param>
    /// <exception cref="DirectoryNotFoundException">The model's folder is missing.</exception>
    /// <exception cref="ModelFormatException">A file of the model is missing or malformed.</exception>
    /// <exception cref="IOException">The cache folder cannot be written, or another process writes the same vectors.</exception>
    public static async Task<GuideVectors> PrepareAsync(TeacherModel guide, IReadOnlyList<ExampleSet> sets, string? cacheFolder = null, IProgress<TeacherProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(guide);
        ArgumentNullException.ThrowIfNull(sets);
        return new GuideVectors(await ModelVectors.PrepareAsync(guide, sets, TeacherEnsemble.CacheFolderOf(cacheFolder), progress, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>Vectors of the batch's queries, then of its documents, B·(2 + N) × D in row-major order.</summary>
    /// <exception cref="ArgumentException">A text is none of the sources'.</exception>
    public float[] Of(TrainingBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        int queries = batch.Examples.Count * Dimensions;
        float[] vectors = new float[queries + (batch.DocumentCount * Dimensions)];
        _vectors.ReadQueries(batch, vectors.AsSpan(0, queries));
        _vectors.ReadDocuments(batch, vectors.AsSpan(queries));
        return vectors;
    }

    /// <inheritdoc/>
    public void Dispose() => _vectors.Dispose();
}
