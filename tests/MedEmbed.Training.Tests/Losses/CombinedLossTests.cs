using MedEmbed.Training.Libtorch;
using MedEmbed.Training.Losses;
using MedEmbed.Vectors;
using TorchSharp;
using static TorchSharp.torch;

namespace MedEmbed.Training.Tests.Losses;

public sealed class CombinedLossTests
{
    public static TheoryData<string> Losses() => [.. AllLosses.ByName.Keys];

    [Theory, MemberData(nameof(Losses))]
    public void MatryoshkaOfTheFullLengthIsThePlainLoss(string name)
    {
        using DisposeScope scope = NewDisposeScope();
        ITrainingLoss loss = AllLosses.ByName[name];
        EmbeddedBatch batch = new RandomBatch(5).Full(3, 2, 8);
        Assert.Equal(loss.Compute(batch).item<float>(), new MatryoshkaLoss(loss, new MatryoshkaOptions([8])).Compute(batch).item<float>());
    }

    [Theory, MemberData(nameof(Losses))]
    public void MatryoshkaIsTheWeightedSumOverCutVectors(string name)
    {
        using DisposeScope scope = NewDisposeScope();
        ITrainingLoss loss = AllLosses.ByName[name];
        EmbeddedBatch batch = new RandomBatch(6).Full(3, 2, 8);
        float expected = loss.Compute(batch).item<float>() * 2 + loss.Compute(Cut(batch, 5)).item<float>() * 0.25f;
        var matryoshka = new MatryoshkaLoss(loss, new MatryoshkaOptions([8, 5], [2, 0.25]) { Renormalize = false });
        Assert.Equal(expected, matryoshka.Compute(batch).item<float>(), tolerance: 1e-5f * Math.Abs(expected));
    }

    [Fact]
    public void CutVectorsHaveUnitLengthWhereTheLossTakesInnerProducts()
    {
        using DisposeScope scope = NewDisposeScope();
        EmbeddedBatch batch = new RandomBatch(7).Full(3, 2, 8);
        float dot = Matryoshka(Similarity.Dot).Compute(batch).item<float>();
        Assert.Equal(Matryoshka(Similarity.Cosine).Compute(batch).item<float>(), dot, tolerance: 1e-5f);

        static MatryoshkaLoss Matryoshka(Similarity similarity) =>
            new(new InfoNceLoss(new InfoNceOptions { Similarity = similarity, Temperature = 0.5 }), new MatryoshkaOptions([4, 2]));
    }

    [Fact]
    public void MatryoshkaBeyondTheVectorsLengthIsRefused()
    {
        using DisposeScope scope = NewDisposeScope();
        EmbeddedBatch batch = new RandomBatch(8).Full(2, 0, 8);
        var loss = new MatryoshkaLoss(new InfoNceLoss(), new MatryoshkaOptions([16, 8]));
        Assert.Contains("16 dimensions, but they have 8", Assert.Throws<ArgumentException>(() => loss.Compute(batch)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ASumIsLinearInItsWeightsInValueAndGradient()
    {
        using DisposeScope scope = NewDisposeScope();
        EmbeddedBatch batch = new RandomBatch(9).Full(3, 2, 8);
        (ITrainingLoss one, ITrainingLoss other) = (new InfoNceLoss(new InfoNceOptions { Temperature = 0.5 }), new KlDistillationLoss());
        Tensor sum = new WeightedSumLoss(new WeightedLoss(one, 2), new WeightedLoss(other, 3)).Compute(batch);
        Tensor expected = one.Compute(batch).Times(2).Plus(other.Compute(batch).Times(3));
        Assert.Equal(expected.item<float>(), sum.item<float>(), tolerance: 1e-5f);
        Tensor difference = autograd.grad([sum], [batch.Queries])[0] - autograd.grad([expected], [batch.Queries])[0];
        Assert.Equal(0, difference.abs().max().item<float>(), tolerance: 1e-6f);
    }

    [Fact]
    public void ASumNeedsWhatAnyOfItsLossesNeeds() =>
        Assert.Equal(
            LossNeeds.Guide | LossNeeds.Negatives | LossNeeds.TeacherScores,
            new WeightedSumLoss(new WeightedLoss(new GistLoss()), new WeightedLoss(new MatryoshkaLoss(new MarginMseLoss(), new MatryoshkaOptions([4])))).Needs);

    [Fact]
    public void WeightsMustFitTheDimensions()
    {
        Assert.Throws<ArgumentException>(() => new MatryoshkaOptions([8, 4], [1]));
        Assert.Throws<ArgumentException>(() => new MatryoshkaOptions([]));
        Assert.Throws<ArgumentException>(() => new MatryoshkaOptions([8, 8]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new MatryoshkaOptions([0]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new MatryoshkaOptions([8], [0]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new WeightedLoss(new InfoNceLoss(), double.NaN));
        Assert.Throws<ArgumentException>(() => new WeightedSumLoss());
    }

    private static EmbeddedBatch Cut(EmbeddedBatch batch, int dimensions) => batch with
    {
        Queries = batch.Queries[.., ..dimensions],
        Positives = batch.Positives[.., ..dimensions],
        Negatives = [.. batch.Negatives.Select(vectors => vectors[.., ..dimensions])],
    };
}
