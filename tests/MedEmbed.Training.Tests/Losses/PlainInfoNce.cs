using System.Runtime.InteropServices;
using MedEmbed.Training.Losses;
using MedEmbed.Vectors;
using static TorchSharp.torch;

namespace MedEmbed.Training.Tests.Losses;

/// <summary>The sums of InfoNCE's three forms, term by term and in double precision.</summary>
internal sealed class PlainInfoNce
{
    private readonly InfoNceOptions _options;
    private readonly float[][] _queries;
    private readonly float[][] _documents;
    private readonly bool[,] _excluded;

    public PlainInfoNce(EmbeddedBatch batch, InfoNceOptions options)
    {
        _options = options;
        _queries = Rows(batch.Queries);
        _documents = [.. Rows(batch.Positives), .. batch.Negatives.SelectMany(Rows)];
        _excluded = new bool[_queries.Length, _documents.Length];
        float[][]? teacher = batch.TeacherBatchScores is { } scores ? Rows(scores) : null;
        for (int i = 0; i < _queries.Length; i++)
        {
            for (int d = 0; d < _documents.Length; d++)
            {
                bool known = batch.KnownPositives is { } mask && mask[i, d].item<bool>();
                bool better = options.TeacherRatio is { } ratio && teacher is not null && teacher[i][d] > teacher[i][i] - Math.Abs(teacher[i][i]) * (1 - ratio);
                _excluded[i, d] = d != i && (known || better);
            }
        }
    }

    public double Loss() => Enumerable.Range(0, _queries.Length).Average(i => _options.Direction switch
    {
        ContrastDirection.QueriesToDocuments => Entropy(i, FromQuery(i)),
        ContrastDirection.Symmetric => (Entropy(i, FromQuery(i)) + Entropy(i, ToPositive(i))) / 2,
        _ => Entropy(i, FromQuery(i).Concat(ToPositive(i)).Concat(OtherQueries(i)).Concat(OtherDocuments(i))),
    });

    private double Entropy(int i, IEnumerable<double> candidates) => Math.Log(candidates.Sum(Math.Exp)) - Score(_queries[i], _documents[i]);

    private IEnumerable<double> FromQuery(int i) =>
        Enumerable.Range(0, _documents.Length).Where(d => !_excluded[i, d]).Select(d => Score(_queries[i], _documents[d]));

    private IEnumerable<double> ToPositive(int i) =>
        Enumerable.Range(0, _queries.Length).Where(j => !_excluded[j, i]).Select(j => Score(_queries[j], _documents[i]));

    private IEnumerable<double> OtherQueries(int i) =>
        Enumerable.Range(0, _queries.Length).Where(j => j != i && !ShareAnswer(i, j)).Select(j => Score(_queries[i], _queries[j]));

    private IEnumerable<double> OtherDocuments(int i) =>
        Enumerable.Range(0, _documents.Length)
            .Where(d => d % _queries.Length != i && !_excluded[i, d] && !(d < _queries.Length && ShareAnswer(i, d)))
            .Select(d => Score(_documents[d], _documents[i]));

    private bool ShareAnswer(int i, int j) => _excluded[i, j] || _excluded[j, i];

    private double Score(float[] left, float[] right)
    {
        double product = Product(left, right);
        double scale = _options.Similarity == Similarity.Cosine ? Math.Sqrt(Product(left, left) * Product(right, right)) : 1;
        return product / scale / _options.Temperature;
    }

    private static double Product(float[] left, float[] right) => left.Zip(right, (one, other) => (double)one * other).Sum();

    private static float[][] Rows(Tensor matrix) =>
        [.. MemoryMarshal.Cast<byte, float>(matrix.detach().contiguous().bytes).ToArray().Chunk((int)matrix.shape[1])];
}
