using MedEmbed.Training.Losses;
using TorchSharp;
using static TorchSharp.torch;

namespace MedEmbed.Training.Tests.Losses;

public sealed class GistLossTests
{
    [Theory]
    [InlineData(GistCandidates.All)]
    [InlineData(GistCandidates.QueriesToDocuments)]
    public void AGuideThatLeavesOutEverythingLeavesNoLossAndNoGradient(GistCandidates candidates)
    {
        using DisposeScope scope = NewDisposeScope();
        EmbeddedBatch batch = new RandomBatch(16).Full(3, 2, 5);
        Tensor loss = new GistLoss(new GistOptions { Margin = 3, Candidates = candidates }).Compute(batch);
        loss.backward();
        Assert.Equal(0f, loss.item<float>());
        Assert.Equal(0f, batch.Queries.grad!.abs().sum().item<float>());
    }

    [Fact]
    public void AGuideThatLeavesOutNothingLeavesInfoNce()
    {
        using DisposeScope scope = NewDisposeScope();
        EmbeddedBatch batch = new RandomBatch(17).Full(3, 2, 5);
        float gist = new GistLoss(new GistOptions { Margin = -3, Candidates = GistCandidates.QueriesToDocuments }).Compute(batch).item<float>();
        Assert.Equal(new InfoNceLoss().Compute(batch).item<float>(), gist, tolerance: 1e-5f * gist);
    }

    [Fact]
    public void KnownPositivesLeaveWhateverTheGuideSays()
    {
        using DisposeScope scope = NewDisposeScope();
        EmbeddedBatch batch = new RandomBatch(18).Full(3, 2, 5);
        Tensor known = zeros([3, 9], ScalarType.Bool);
        known[.., 6..9] = tensor(true);
        new GistLoss(new GistOptions { Margin = -3, Temperature = 1 }).Compute(batch with { KnownPositives = known }).backward();
        Assert.Equal(0f, batch.Negatives[1].grad!.abs().sum().item<float>());
        Assert.NotEqual(0f, batch.Negatives[0].grad!.abs().sum().item<float>());
    }

    [Fact]
    public void NoGradientReachesTheGuide()
    {
        using DisposeScope scope = NewDisposeScope();
        var random = new RandomBatch(19);
        EmbeddedBatch batch = random.Full(3, 2, 5);
        EmbeddedBatch guide = random.Full(3, 2, 5);
        new GistLoss().Compute(batch with { Guide = guide }).backward();
        Assert.Null(guide.Queries.grad);
    }
}
