using MedEmbed.Models;
using MedEmbed.Training.LowRank;

namespace MedEmbed.Training.Tests.LowRank;

public sealed class NewAdapterTests
{
    private static readonly BertConfig Bert = new() { VocabularySize = 100, HiddenSize = 64, Layers = 3, Heads = 4, IntermediateSize = 128, MaxPositions = 32 };

    private static readonly LowRankConfig Config = new() { Targets = new LayerSelection { Names = LowRankConfig.AllLayers }, Rank = 16 };

    [Fact]
    public void ValuesDependOnSeedAndNameAlone()
    {
        LowRankAdapter first = LowRankAdapter.Create(Config, Bert, seed: 5), second = LowRankAdapter.Create(Config with { Targets = new LayerSelection { Names = ["value"] } }, Bert, seed: 5);
        Assert.Equal(18, first.Layers.Count);
        Assert.Equal(3, second.Layers.Count);
        Assert.All(second.Layers, layer => Assert.Equal(first.Layers[layer.Key].A.ToArray(), layer.Value.A.ToArray()));
        Assert.NotEqual(first.Layers.Values.First().A.ToArray(), LowRankAdapter.Create(Config, Bert, seed: 6).Layers.Values.First().A.ToArray());
        Assert.NotEqual(first.Layers.Values.First().A.ToArray(), first.Layers.Values.Skip(1).First().A.ToArray());
    }

    [Fact]
    public void TheFirstMatrixIsUniformWithinOneByTheRootOfItsInputsAndTheSecondZero()
    {
        foreach (LowRankLayer layer in LowRankAdapter.Create(Config, Bert, seed: 1).Layers.Values)
        {
            float[] a = layer.A.ToArray();
            double bound = 1 / Math.Sqrt(layer.Inputs);
            Assert.All(a, value => Assert.InRange(value, -bound, bound));

            // Mean and variance of so many uniform numbers, six standard errors apart at most.
            Assert.InRange(a.Average(), -6 * bound / Math.Sqrt(3.0 * a.Length), 6 * bound / Math.Sqrt(3.0 * a.Length));
            Assert.InRange(a.Average(value => value * value) / (bound * bound / 3), 0.8, 1.2);
            Assert.All(layer.B.ToArray(), value => Assert.Equal(0, value));
        }
    }

    [Fact]
    public void TargetsThatChooseNothingAreRefused()
    {
        var error = Assert.Throws<ArgumentException>(() => LowRankAdapter.Create(Config with { Targets = new LayerSelection { Names = ["q_proj"] } }, Bert, seed: 1));
        Assert.Contains("encoder.layer.0.attention.self.query", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => LowRankAdapter.Create(Config with { Rank = 0 }, Bert, seed: 1));
        Assert.Throws<ArgumentException>(() => LowRankAdapter.Create(Config with { Dropout = 0.1 }, Bert, seed: 1));
    }

    [Fact]
    public void AddingToAWeightEqualsTheProductOfTheMatrices()
    {
        var layer = new LowRankLayer(2, 3, 2, 0.5, new float[] { 1, 2, 3, 4, 5, 6 }, new float[] { 1, 10, 2, 20 });
        float[] weight = [100, 100, 100, 200, 200, 200];
        layer.AddTo(weight);
        Assert.Equal([120.5f, 126f, 131.5f, 241f, 252f, 263f], weight);
    }
}
