using CsCheck;
using MedEmbed.Training.Libtorch;
using MedEmbed.Training.Losses;
using MedEmbed.Training.Recipes;
using MedEmbed.Vectors;
using TorchSharp;
using static TorchSharp.torch;

namespace MedEmbed.Training.Tests.Losses;

public sealed class DistillationTests
{
    private static readonly Gen<DistillationOptions> Options =
        from student in Gen.Double[0.1, 2]
        from teacher in Gen.Double[0.1, 2]
        from similarity in Gen.OneOf(Similarity.Cosine, Similarity.Dot)
        select new DistillationOptions { StudentTemperature = student, TeacherTemperature = teacher, Similarity = similarity };

    [Fact]
    public void AStudentWithItsTeachersScoresHasNoLossAndNoGradient() =>
        Gen.Select(Options, Gen.Int, Gen.Int[1, 4], Gen.Int[0, 3], Gen.Bool).Sample(
            (options, seed, size, negatives, masked) =>
            {
                using DisposeScope scope = NewDisposeScope();
                var random = new RandomBatch(seed);
                EmbeddedBatch batch = random.Full(size, negatives, 4);
                Tensor documents = cat([batch.Positives, .. batch.Negatives], 0);
                Tensor scores = options.Similarity == Similarity.Dot
                    ? batch.Queries.matmul(documents.t())
                    : nn.functional.normalize(batch.Queries, dim: 1).matmul(nn.functional.normalize(documents, dim: 1).t());
                Tensor loss = new BatchKlDistillationLoss(options).Compute(batch with
                {
                    TeacherBatchScores = scores.detach().Times(options.TeacherTemperature / options.StudentTemperature),
                    KnownPositives = masked ? random.Mask(0.3, size, size * (1 + negatives)) : null,
                });
                loss.backward();
                Assert.Equal(0, loss.item<float>(), tolerance: 1e-5f);
                Assert.Equal(0, batch.Queries.grad!.abs().max().item<float>(), tolerance: 1e-5f);
                Assert.Equal(0, batch.Positives.grad!.abs().max().item<float>(), tolerance: 1e-5f);
            },
            iter: 100);

    [Fact]
    public void WithOneQueryTheBatchIsItsOwnDocuments() =>
        Gen.Select(Options, Gen.Int, Gen.Int[1, 4]).Sample(
            (options, seed, negatives) =>
            {
                using DisposeScope scope = NewDisposeScope();
                EmbeddedBatch batch = new RandomBatch(seed).Full(1, negatives, 4);
                float own = new KlDistillationLoss(options).Compute(batch).item<float>();
                float whole = new BatchKlDistillationLoss(options).Compute(batch with { TeacherBatchScores = batch.TeacherScores }).item<float>();
                Assert.Equal(own, whole, tolerance: 1e-5f * Math.Max(1, own));
            },
            iter: 50);

    [Fact]
    public void DocumentsKnownToAnswerLeaveBothDistributions()
    {
        using DisposeScope scope = NewDisposeScope();
        EmbeddedBatch batch = new RandomBatch(3).Full(2, 2, 4) with { Guide = null };
        Tensor known = zeros([2, 6], ScalarType.Bool);
        known[.., 4..6] = tensor(true);
        EmbeddedBatch masked = batch with { KnownPositives = known };
        EmbeddedBatch shorter = batch with
        {
            Negatives = [batch.Negatives[0]],
            TeacherScores = batch.TeacherScores!.narrow(1, 0, 2),
            TeacherBatchScores = batch.TeacherBatchScores!.narrow(1, 0, 4),
        };
        var loss = new BatchKlDistillationLoss();
        Tensor value = loss.Compute(masked);
        Assert.Equal(loss.Compute(shorter).item<float>(), value.item<float>(), tolerance: 1e-6f);
        value.backward();
        Assert.Equal(0f, batch.Negatives[1].grad!.abs().sum().item<float>());
        Assert.False(batch.Queries.grad!.isnan().any().item<bool>());
    }

    [Fact]
    public void MarginMseDoesNotSeeWhatATeacherAddsToAllScoresOfAQuery()
    {
        using DisposeScope scope = NewDisposeScope();
        EmbeddedBatch batch = new RandomBatch(4).Full(3, 2, 4);
        var loss = new MarginMseLoss();
        float plain = loss.Compute(batch).item<float>();
        float shifted = loss.Compute(batch with { TeacherScores = batch.TeacherScores!.Plus(tensor([1f, -2f, 3f], [3, 1])) }).item<float>();
        Assert.Equal(plain, shifted, tolerance: 1e-5f);
        Assert.NotEqual(0, plain);
    }

    /// <summary>Beside InfoNCE a recipe's weight of 1 must mean the divergence itself, not a 400th of it.</summary>
    [Fact]
    public void ARecipesDivergenceIsThePlainOne()
    {
        using var scope = NewDisposeScope();
        EmbeddedBatch batch = new RandomBatch(12).Full(3, 2, 8);
        float plain = LossBuilder.Build([new LossRecipe { Kind = LossKind.Kl, StudentTemperature = 0.05, Similarity = Similarity.Dot }]).Compute(batch).item<float>();
        float scaled = new KlDistillationLoss(new DistillationOptions { StudentTemperature = 0.05 }).Compute(batch).item<float>();
        Assert.Equal(scaled / (0.05f * 0.05f), plain, plain * 1e-5f);
    }
}
