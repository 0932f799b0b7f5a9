using CsCheck;
using MedEmbed.Training.Losses;
using MedEmbed.Vectors;
using TorchSharp;
using static TorchSharp.torch;

namespace MedEmbed.Training.Tests.Losses;

public sealed class InfoNceLossTests
{
    private static readonly Gen<InfoNceOptions> Options =
        from temperature in Gen.Double[0.05, 2]
        from similarity in Gen.OneOf(Similarity.Cosine, Similarity.Dot)
        from direction in Gen.Enum<ContrastDirection>()
        from ratio in Gen.OneOf<double?>(null, 0.5, 0.95)
        select new InfoNceOptions { Temperature = temperature, Similarity = similarity, Direction = direction, TeacherRatio = ratio };

    [Fact]
    public void EveryFormAndMaskEqualsItsSumsTermByTerm() =>
        Gen.Select(Options, Gen.Int, Gen.Int[1, 5], Gen.Int[0, 3], Gen.Bool).Sample(
            (options, seed, size, negatives, masked) =>
            {
                using DisposeScope scope = NewDisposeScope();
                var random = new RandomBatch(seed);
                EmbeddedBatch batch = random.Full(size, negatives, 4);
                if (masked)
                    batch = batch with { KnownPositives = random.Mask(0.3, size, size * (1 + negatives)) };
                double expected = new PlainInfoNce(batch, options).Loss();
                double actual = new InfoNceLoss(options).Compute(batch).item<float>();
                Assert.Equal(expected, actual, tolerance: 1e-5 * Math.Max(1, Math.Abs(expected)));
            },
            iter: 200);

    [Fact]
    public void TheOrderOfPairsDoesNotMatter() =>
        Gen.Select(Options, Gen.Int, Gen.Int[2, 6], Gen.Int[0, 2]).Sample(
            (options, seed, size, negatives) =>
            {
                using DisposeScope scope = NewDisposeScope();
                EmbeddedBatch batch = new RandomBatch(seed).Full(size, negatives, 4);
                Tensor order = tensor(Enumerable.Range(0, size).Select(i => (long)((i + 1) % size)).ToArray());
                EmbeddedBatch turned = batch with
                {
                    Queries = batch.Queries.index_select(0, order),
                    Positives = batch.Positives.index_select(0, order),
                    Negatives = [.. batch.Negatives.Select(vectors => vectors.index_select(0, order))],
                    TeacherBatchScores = batch.TeacherBatchScores!.index_select(0, order).index_select(1, tensor(Enumerable.Range(0, (1 + negatives) * size).Select(i => (long)((i / size * size) + ((i + 1) % size))).ToArray())),
                };
                var loss = new InfoNceLoss(options);
                float one = loss.Compute(batch).item<float>();
                Assert.Equal(one, loss.Compute(turned).item<float>(), tolerance: 1e-5f * Math.Max(1, Math.Abs(one)));
            },
            iter: 100);

    [Theory]
    [InlineData(ContrastDirection.QueriesToDocuments)]
    [InlineData(ContrastDirection.JointBidirectional)]
    public void ANegativeThatAnswersEveryQueryGetsNoGradient(ContrastDirection direction)
    {
        using DisposeScope scope = NewDisposeScope();
        EmbeddedBatch batch = new RandomBatch(1).Full(3, 2, 4);
        Tensor known = zeros([3, 9], ScalarType.Bool);
        const int Document = 4; // the first negative of query 1
        known[.., Document] = tensor(true);
        new InfoNceLoss(new InfoNceOptions { Direction = direction, Temperature = 1 }).Compute(batch with { KnownPositives = known }).backward();
        Assert.Equal(0f, batch.Negatives[0].grad![1].abs().sum().item<float>());
        Assert.NotEqual(0f, batch.Negatives[0].grad![2].abs().sum().item<float>());
    }

    [Fact]
    public void ADocumentThatTheTeacherHoldsForAsGoodGetsNoGradient()
    {
        using DisposeScope scope = NewDisposeScope();
        EmbeddedBatch batch = new RandomBatch(2).Full(2, 1, 4);
        Tensor teacher = tensor([0.8f, 0.1f, 0.79f, 0.1f, 0.1f, 0.8f, 0.77f, 0.1f], [2, 4]);
        new InfoNceLoss(new InfoNceOptions { TeacherRatio = 0.95, Temperature = 1 }).Compute(batch with { TeacherBatchScores = teacher }).backward();
        Assert.Equal(0f, batch.Negatives[0].grad![0].abs().sum().item<float>());
        Assert.NotEqual(0f, batch.Negatives[0].grad![1].abs().sum().item<float>());
    }

    [Fact]
    public void ScaleIsTheReciprocalOfTemperature() => Assert.Equal(0.05, new InfoNceOptions { Scale = 20 }.Temperature, 1e-15);

    [Fact]
    public void EuclideanSimilarityIsRefused() =>
        Assert.Contains("Cosine or Dot", Assert.Throws<ArgumentOutOfRangeException>(() => new InfoNceOptions { Similarity = Similarity.Euclidean }).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(0.0)]
    [InlineData(-1.0)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void TemperatureMustBeFiniteAndAbove0(double temperature) =>
        Assert.Contains("Temperature", Assert.Throws<ArgumentOutOfRangeException>(() => new InfoNceOptions { Temperature = temperature }).Message, StringComparison.Ordinal);
}
