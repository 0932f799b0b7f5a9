using MedEmbed.Training.Losses;
using TorchSharp;
using static TorchSharp.torch;

namespace MedEmbed.Training.Tests.Losses;

public sealed class EmbeddedBatchTests
{
    public static TheoryData<string> Losses() => [.. AllLosses.ByName.Keys];

    [Theory, MemberData(nameof(Losses))]
    public void ALossRefusesABatchThatLacksWhatItNeeds(string name)
    {
        using DisposeScope scope = NewDisposeScope();
        ITrainingLoss loss = AllLosses.ByName[name];
        EmbeddedBatch full = new RandomBatch(10).Full(2, 1, 4);
        var bare = new EmbeddedBatch { Queries = full.Queries, Positives = full.Positives };
        if (loss.Needs == LossNeeds.None)
            Assert.True(loss.Compute(bare).isfinite().item<bool>());
        else
            Assert.Contains("which the batch lacks", Assert.Throws<ArgumentException>(() => loss.Compute(bare)).Message, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Losses))]
    public void EveryLossOfOneQueryIsAFiniteScalarWithFiniteGradients(string name)
    {
        using DisposeScope scope = NewDisposeScope();
        EmbeddedBatch batch = new RandomBatch(11).Full(1, 1, 4);
        Tensor loss = AllLosses.ByName[name].Compute(batch);
        Assert.Empty(loss.shape);
        loss.backward();
        Assert.True(loss.isfinite().item<bool>());
        Assert.True(batch.Queries.grad!.isfinite().all().item<bool>());
    }

    [Fact]
    public void TensorsOfOtherSizesAreNamed()
    {
        using DisposeScope scope = NewDisposeScope();
        var random = new RandomBatch(12);
        EmbeddedBatch batch = random.Full(3, 2, 4);
        AssertRefused("Negatives[1] is 2 × 4; beside the batch's other tensors it must be 3 × 4", batch with { Negatives = [batch.Negatives[0], random.Values(2, 4)] });
        AssertRefused("Positives is 3 × 5", batch with { Positives = random.Values(3, 5) });
        AssertRefused("TeacherScores is 3 × 2", batch with { TeacherScores = random.Values(3, 2) });
        AssertRefused("TeacherBatchScores is 3 × 3", batch with { TeacherBatchScores = random.Values(3, 3) });
        AssertRefused("KnownPositives holds Float32", batch with { KnownPositives = random.Values(3, 9) });
        AssertRefused("The guide has 2 queries", batch with { Guide = random.Full(2, 2, 4) });
        AssertRefused("Queries is 12", batch with { Queries = random.Values(12) });
    }

    private static void AssertRefused(string message, EmbeddedBatch batch) =>
        Assert.Contains(message, Assert.Throws<ArgumentException>(() => new InfoNceLoss().Compute(batch)).Message, StringComparison.Ordinal);
}
