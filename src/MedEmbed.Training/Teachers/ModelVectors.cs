using MedEmbed.Encoding;
using MedEmbed.Models;
using MedEmbed.Training.Sampling;
using MedEmbed.Vectors;

namespace MedEmbed.Training.Teachers;

/// <summary>A model's vectors of all queries and passages of a run.</summary>
internal sealed class ModelVectors : IDisposable
{
    private readonly TextVectors _queries;
    private readonly TextVectors _documents;

    private ModelVectors(ModelFolder model, TextVectors queries, TextVectors documents) =>
        (Dimensions, Similarity, Name, _queries, _documents) = (model.Dimensions, model.Similarity, model.Name, queries, documents);

    public int Dimensions { get; }

    public Similarity Similarity { get; }

    public string Name { get; }

    /// <summary>Computes what is not on disk yet; the model is loaded only where something is missing.</summary>
    public static async Task<ModelVectors> PrepareAsync(TeacherModel teacher, IReadOnlyList<ExampleSet> sets, string folder, IProgress<TeacherProgress>? progress, CancellationToken cancellationToken)
    {
        TextEncoderOptions options = teacher.EncoderOptions;
        ModelFolder model = ModelFolder.Open(teacher.Folder, options.Overrides);
        Lazy<TextEncoder> encoder = new(() => TextEncoder.Open(model, options));
        TextVectors? queries = null, documents = null;
        try
        {
            queries = TextVectors.Open(model, teacher.Precision, Prompt.Query, teacher.QueryPrompt, folder);
            await queries.CompleteAsync(sets.SelectMany(set => set.Queries()), encoder, progress, cancellationToken).ConfigureAwait(false);
            // Opened after the queries are there: without prompts both are one file.
            documents = TextVectors.Open(model, teacher.Precision, Prompt.Document, teacher.DocumentPrompt, folder);
            await documents.CompleteAsync(sets.SelectMany(set => set.Passages()), encoder, progress, cancellationToken).ConfigureAwait(false);
            return new ModelVectors(model, queries, documents);
        }
        catch
        {
            queries?.Dispose();
            documents?.Dispose();
            throw;
        }
        finally
        {
            if (encoder.IsValueCreated)
                encoder.Value.Dispose();
        }
    }

    /// <summary>Vectors of the batch's queries, B × D.</summary>
    public void ReadQueries(TrainingBatch batch, Span<float> vectors) => _queries.Read(batch.Queries, Dimensions, vectors);

    /// <summary>Vectors of the batch's documents, B·(1 + N) × D.</summary>
    public void ReadDocuments(TrainingBatch batch, Span<float> vectors) => _documents.Read(batch.Documents, Dimensions, vectors);

    public void Dispose()
    {
        _queries.Dispose();
        _documents.Dispose();
    }
}
