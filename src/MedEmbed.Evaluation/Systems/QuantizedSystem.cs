using MedEmbed.Data.Judgments;
using MedEmbed.Encoding;
using MedEmbed.Evaluation.Tasks;
using MedEmbed.Retrieval;
using MedEmbed.Retrieval.Flat;

namespace MedEmbed.Evaluation.Systems;

/// <summary>A text encoder with a flat index of int8 or binary vectors, as <c>index build</c> makes it: what quantisation costs in quality.</summary>
/// <param name="dense">Encodes.</param>
/// <param name="vectors">What queries are compared with.</param>
/// <param name="rescore">What candidates are scored again with.</param>
public sealed class QuantizedSystem(DenseSystem dense, StoredVectors vectors, RescoreVectors rescore) : IRetrievalSystem
{
    /// <inheritdoc/>
    public SystemDescription Description => dense.Description with
    {
        ResultName = $"{dense.Description.ResultName}+vectors-{Name(vectors)}-rescore-{Name(rescore)}",
        System = $"dense, flat index of {Name(vectors)} vectors, rescoring {Name(rescore)}",
    };

    /// <inheritdoc/>
    public EncodingSpeed Speed => dense.Speed;

    /// <inheritdoc/>
    /// <exception cref="EvaluationException">The data names the candidates itself, or a vector is not finite.</exception>
    public async Task<RetrievalRun> SearchAsync(RetrievalData data, int top, IEvaluationStages stages, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(data);
        if (data.Candidates is not null)
            throw new EvaluationException("a judged list names each query's passages, so there is nothing for an index to find. Evaluate it with f32 vectors.");
        (EmbeddingMatrix queries, EmbeddingMatrix documents) = await dense.EncodeAsync(data, stages, cancellationToken).ConfigureAwait(false);
        return await stages.RunAsync("index", _ => Task.Run(() => Search(data, queries, documents, top, cancellationToken), cancellationToken)).ConfigureAwait(false);
    }

    private RetrievalRun Search(RetrievalData data, EmbeddingMatrix queries, EmbeddingMatrix documents, int top, CancellationToken cancellationToken)
    {
        string parent = Directory.CreateTempSubdirectory("medembed-evaluation-").FullName;
        try
        {
            string folder = Path.Combine(parent, "index");
            Build(folder, data, documents, cancellationToken);
            using FlatIndex index = FlatIndex.Open(folder);
            SearchHit[][] found = index.Search(queries, top, cancellationToken: cancellationToken);
            return RankedLists.ToRun(data.QueryIds, [.. data.Queries.OfItem.Select(text => (Hit[])[.. found[text].Select(hit => new Hit(hit.Id, hit.Score))])]);
        }
        finally
        {
            Directory.Delete(parent, recursive: true);
        }
    }

    private void Build(string folder, RetrievalData data, EmbeddingMatrix documents, CancellationToken cancellationToken)
    {
        var model = new IndexModel { Name = dense.Model.Meta.Name, Hash = dense.Model.Meta.Hash, Dimensions = documents.Dimensions, Similarity = dense.Model.Similarity };
        using FlatIndexBuilder builder = FlatIndexBuilder.Start(folder, new FlatIndexOptions { Model = model, Vectors = vectors, Rescore = rescore }, data.Hash);
        for (int document = 0; document < data.DocumentIds.Count; document++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            builder.Add(new IndexedDocument(data.DocumentIds[document], null, ""), documents[data.Documents.OfItem[document]]);
        }

        builder.Complete(cancellationToken);
    }

    private static string Name<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();
}
