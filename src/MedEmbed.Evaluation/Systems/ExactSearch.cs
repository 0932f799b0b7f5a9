using System.Numerics.Tensors;
using MedEmbed.Data.Judgments;
using MedEmbed.Encoding;
using MedEmbed.Evaluation.Tasks;
using MedEmbed.Vectors;

namespace MedEmbed.Evaluation.Systems;

/// <summary>Every query against every distinct document text in blocks, then the best documents a query.</summary>
internal sealed class ExactSearch
{
    private const int QueryBlock = 64;
    private const int RowBlock = 1024;

    private readonly RetrievalData _data;
    private readonly EmbeddingMatrix _queries;
    private readonly EmbeddingMatrix _texts;
    private readonly Similarity _similarity;
    private readonly DocumentOrder _order;

    /// <summary>Prepares a search; for cosine both matrices are scaled to unit length in place.</summary>
    public ExactSearch(RetrievalData data, EmbeddingMatrix queries, EmbeddingMatrix texts, Similarity similarity)
    {
        (_data, _queries, _texts, _similarity) = (data, queries, texts, similarity);
        _order = new DocumentOrder(data.DocumentIds);
        if (similarity != Similarity.Cosine)
            return;
        foreach (EmbeddingMatrix matrix in (ReadOnlySpan<EmbeddingMatrix>)[queries, texts])
        {
            for (int row = 0; row < matrix.Rows; row++)
                VectorMath.Normalize(matrix[row]);
        }
    }

    /// <summary>The best <paramref name="top"/> of each query's candidates (null: of all documents).</summary>
    public RetrievalRun Run(IReadOnlyList<int[]>? candidates, int top, CancellationToken cancellationToken)
    {
        int[] everyDocument = candidates is null ? [.. Enumerable.Range(0, _data.DocumentIds.Count)] : [];
        var ranked = new ScoredItem[_data.QueryIds.Count][];
        int[][] queriesOfText = QueriesOfText();
        var parallel = new ParallelOptions { CancellationToken = cancellationToken };
        int blocks = (_queries.Rows + QueryBlock - 1) / QueryBlock;
        Parallel.For(0, blocks, parallel, block =>
        {
            int first = block * QueryBlock;
            int count = Math.Min(QueryBlock, _queries.Rows - first);
            float[] scores = Scores(first, count, cancellationToken);
            for (int text = 0; text < count; text++)
            {
                foreach (int query in queriesOfText[first + text])
                    ranked[query] = Best(scores.AsSpan(text * _texts.Rows, _texts.Rows), candidates?[query] ?? everyDocument, top);
            }
        });
        return ToRun(ranked);
    }

    private int[][] QueriesOfText()
    {
        ILookup<int, int> queries = _data.Queries.OfItem.Index().ToLookup(item => item.Item, item => item.Index);
        return [.. Enumerable.Range(0, _queries.Rows).Select(text => queries[text].ToArray())];
    }

    /// <summary>Queries × distinct texts, row-major.</summary>
    private float[] Scores(int firstQuery, int count, CancellationToken cancellationToken)
    {
        int dimensions = _texts.Dimensions;
        float[] scores = new float[checked(count * _texts.Rows)];
        float[] block = new float[count * Math.Min(RowBlock, _texts.Rows)];
        ReadOnlySpan<float> queries = _queries.Values.Span.Slice(firstQuery * dimensions, count * dimensions);
        for (int row = 0; row < _texts.Rows; row += RowBlock)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int rows = Math.Min(RowBlock, _texts.Rows - row);
            Span<float> part = block.AsSpan(0, count * rows);
            Compare(queries, _texts.Values.Span.Slice(row * dimensions, rows * dimensions), dimensions, part);
            for (int query = 0; query < count; query++)
                part.Slice(query * rows, rows).CopyTo(scores.AsSpan(query * _texts.Rows + row));
        }

        return scores;
    }

    private void Compare(ReadOnlySpan<float> queries, ReadOnlySpan<float> rows, int dimensions, Span<float> scores)
    {
        if (_similarity != Similarity.Euclidean)
        {
            PairwiseScores.Dot(queries, rows, dimensions, scores);
            return;
        }

        PairwiseScores.SquaredEuclidean(queries, rows, dimensions, scores);
        TensorPrimitives.Sqrt(scores, scores);
        TensorPrimitives.Negate(scores, scores);
    }

    private ScoredItem[] Best(ReadOnlySpan<float> scores, int[] documents, int top)
    {
        var best = new TopK<DocumentOrder>(top, _order);
        foreach (int document in documents)
        {
            float score = scores[_data.Documents.OfItem[document]];
            if (score >= best.Threshold)
                best.Add(score, document);
        }

        return best.ToSortedArray();
    }

    private RetrievalRun ToRun(ScoredItem[][] ranked)
    {
        var run = new RetrievalRunBuilder();
        for (int query = 0; query < ranked.Length; query++)
        {
            run.AddQuery(_data.QueryIds[query]);
            foreach (ScoredItem item in ranked[query])
                run.Add(_data.QueryIds[query], _data.DocumentIds[(int)item.Item], item.Score);
        }

        return run.Build();
    }
}
