using MedEmbed.Data.Judgments;
using MedEmbed.Encoding;
using MedEmbed.Evaluation.Tasks;

namespace MedEmbed.Evaluation.Systems;

/// <summary>A text encoder with exact search: every query's vector against every document's.</summary>
/// <remarks>Every distinct text is encoded once, so that equal documents tie exactly.</remarks>
public sealed class DenseSystem : IRetrievalSystem
{
    private readonly PromptSetting _prompts;
    private readonly TextVectors _vectors;

    /// <summary>Sets the system up.</summary>
    /// <param name="model">The encoder.</param>
    /// <param name="prompts">Which prompts stand before the texts.</param>
    /// <param name="cacheFolder">Where vectors are kept between runs; null keeps none.</param>
    /// <exception cref="ArgumentException">The model lacks a named prompt.</exception>
    public DenseSystem(DenseModel model, PromptSetting prompts, string? cacheFolder = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        (Model, _prompts) = (model, prompts);
        _vectors = new TextVectors(model, cacheFolder);
        string precision = model.Precision == "f32" ? "" : $"+{model.Precision}";
        Description = new SystemDescription
        {
            ResultName = $"{model.Meta.Name}{prompts.SuffixFor(model.Prompts)}{precision}",
            Model = model.Meta,
            System = "dense",
            QueryPrompt = model.Prompts.TextOf(prompts.Query),
            DocumentPrompt = model.Prompts.TextOf(prompts.Document),
            Precision = model.Precision,
            MaxLength = model.Encoder.MaxLength,
            Similarity = model.Similarity.ToString().ToLowerInvariant(),
        };
    }

    /// <inheritdoc/>
    public SystemDescription Description { get; }

    internal DenseModel Model { get; }

    /// <inheritdoc/>
    public EncodingSpeed Speed => _vectors.Speed;

    /// <inheritdoc/>
    public Task<RetrievalRun> SearchAsync(RetrievalData data, int top, IEvaluationStages stages, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(data);
        return RankAsync(data, data.Candidates, top, stages, cancellationToken);
    }

    /// <summary>Ranks the given documents for each query, as positions; null ranks all.</summary>
    internal async Task<RetrievalRun> RankAsync(RetrievalData data, IReadOnlyList<int[]>? candidates, int top, IEvaluationStages stages, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(top, 1);
        (EmbeddingMatrix queries, EmbeddingMatrix documents) = await EncodeAsync(data, stages, cancellationToken).ConfigureAwait(false);
        var search = new ExactSearch(data, queries, documents, Model.Similarity);
        return await Task.Run(() => search.Run(candidates, top, cancellationToken), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>A vector for each distinct text of the queries and of the documents.</summary>
    internal async Task<(EmbeddingMatrix Queries, EmbeddingMatrix Documents)> EncodeAsync(RetrievalData data, IEvaluationStages stages, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(stages);

        // Queries first: they are few, so a faulty model or prompt shows before the corpus is encoded.
        EmbeddingMatrix queries = await _vectors.OfAsync(data.Queries.Texts, _prompts.Query, "queries", stages, cancellationToken).ConfigureAwait(false);
        EmbeddingMatrix documents = await _vectors.OfAsync(data.Documents.Texts, _prompts.Document, "documents", stages, cancellationToken).ConfigureAwait(false);
        return (queries, documents);
    }
}
