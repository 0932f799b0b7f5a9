using System.Diagnostics;
using MedEmbed.Encoding;
using MedEmbed.Retrieval;
using MedEmbed.Retrieval.Flat;
using MedEmbed.Vectors;

namespace MedEmbed.Benchmarks.FlatSearch;

/// <summary>Our index, built on disk and mapped, as an application opens it.</summary>
internal sealed class Ours : IDisposable
{
    private readonly FlatIndex _index;
    private readonly EmbeddingMatrix _queries;

    public Ours(string folder, VectorSet vectors, StoredVectors kind)
    {
        _queries = vectors.Queries;
        FlatIndexOptions options = new()
        {
            Model = new IndexModel { Name = "benchmark", Hash = "none", Dimensions = vectors.Rows.Dimensions, Similarity = Similarity.Cosine },
            Vectors = kind,
        };
        using (FlatIndexBuilder builder = FlatIndexBuilder.Start(folder, options, "benchmark"))
        {
            for (int row = 0; row < vectors.Rows.Rows; row++)
                builder.Add(new IndexedDocument(row.ToString(System.Globalization.CultureInfo.InvariantCulture), null, ""), vectors.Rows[row]);
            builder.Complete();
        }

        _index = FlatIndex.Open(folder);
    }

    public double Seconds(Scenario scenario, int top)
    {
        long start = Stopwatch.GetTimestamp();
        foreach (SearchHit[][] _ in Run(scenario, top))
        {
        }

        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    /// <summary>Rows found, which are the ids in the order of building, query after query.</summary>
    public long[] Hits(Scenario scenario, int top) => [.. Run(scenario, top).SelectMany(batch => batch).SelectMany(hits => hits).Select(hit => hit.Row)];

    public void Dispose() => _index.Dispose();

    private IEnumerable<SearchHit[][]> Run(Scenario scenario, int top)
    {
        SearchOptions options = new() { Threads = scenario.Threads };
        for (int first = 0; first < scenario.Queries; first += scenario.Batch)
        {
            int count = Math.Min(scenario.Batch, scenario.Queries - first);
            float[] values = _queries.Values.Slice(first * _queries.Dimensions, count * _queries.Dimensions).ToArray();
            yield return _index.Search(new EmbeddingMatrix(count, _queries.Dimensions, values), top, options);
        }
    }
}
