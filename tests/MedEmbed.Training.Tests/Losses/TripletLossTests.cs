using MedEmbed.Training.Libtorch;
using MedEmbed.Training.Losses;
using MedEmbed.Vectors;
using TorchSharp;
using static TorchSharp.torch;

namespace MedEmbed.Training.Tests.Losses;

public sealed class TripletLossTests
{
    [Theory]
    [InlineData(Similarity.Cosine)]
    [InlineData(Similarity.Dot)]
    [InlineData(Similarity.Euclidean)]
    public void SeveralNegativesAreTheMeanOfEachAlone(Similarity similarity)
    {
        using DisposeScope scope = NewDisposeScope();
        EmbeddedBatch batch = new RandomBatch(13).Full(4, 3, 5) with { TeacherScores = null, TeacherBatchScores = null, Guide = null };
        var loss = new TripletLoss(new TripletOptions { Similarity = similarity, Margin = 1 });
        float mean = batch.Negatives.Average(negatives => loss.Compute(batch with { Negatives = [negatives] }).item<float>());
        Assert.Equal(mean, loss.Compute(batch).item<float>(), tolerance: 1e-6f);
    }

    [Fact]
    public void NegativesKnownToAnswerAreLeftOut()
    {
        using DisposeScope scope = NewDisposeScope();
        EmbeddedBatch batch = new RandomBatch(14).Full(2, 2, 5) with { TeacherScores = null, TeacherBatchScores = null, Guide = null };
        var loss = new TripletLoss(new TripletOptions { Margin = 3 });
        Tensor known = zeros([2, 6], ScalarType.Bool);
        known[.., 4..6] = tensor(true); // each query's second negative
        known[0, 3] = tensor(true); // query 1's first negative, which query 0 does not meet
        Tensor masked = loss.Compute(batch with { KnownPositives = known });
        Assert.Equal(loss.Compute(batch with { Negatives = [batch.Negatives[0]] }).item<float>(), masked.item<float>(), tolerance: 1e-6f);
        masked.backward();
        Assert.Equal(0f, batch.Negatives[1].grad!.abs().sum().item<float>());
    }

    [Fact]
    public void MovingAllVectorsAlikeChangesNoEuclideanDistance()
    {
        using DisposeScope scope = NewDisposeScope();
        EmbeddedBatch batch = new RandomBatch(20).Full(4, 1, 5);
        new TripletLoss(new TripletOptions { Similarity = Similarity.Euclidean, Margin = 5 }).Compute(batch).backward();
        Tensor together = batch.Queries.grad!.Plus(batch.Positives.grad!).Plus(batch.Negatives[0].grad!);
        Assert.Equal(0, together.abs().max().item<float>(), tolerance: 1e-6f);
        Assert.NotEqual(0, batch.Queries.grad!.abs().max().item<float>());
    }

    [Fact]
    public void WithoutANegativeLeftTheLossIs0()
    {
        using DisposeScope scope = NewDisposeScope();
        EmbeddedBatch batch = new RandomBatch(15).Full(2, 1, 5);
        Assert.Equal(0f, new TripletLoss().Compute(batch with { KnownPositives = ones([2, 4], ScalarType.Bool) }).item<float>());
    }
}
