using MedEmbed.Training.Optimization;

namespace MedEmbed.Training.Tests.Optimization;

public sealed class LayerwiseRatesTests
{
    [Theory]
    [InlineData("encoder.layer.11.output.dense.weight", 0)]
    [InlineData("encoder.layer.10.output.dense.weight", 1)]
    [InlineData("encoder.layer.1.attention.self.query.bias", 10)]
    [InlineData("base_model.model.encoder.layer.1.attention.self.query.lora_A.weight", 10)]
    [InlineData("encoder.layer.0.attention.output.LayerNorm.weight", 11)]
    [InlineData("embeddings.word_embeddings.weight", 12)]
    [InlineData("bert.embeddings.LayerNorm.bias", 12)]
    [InlineData("modules.1.linear.weight", 0)]
    public void RatesFallByOneFactorALayerFromTheTop(string name, int layersBelowTheTop) =>
        Assert.Equal(Math.Pow(0.9, layersBelowTheTop), new LayerwiseRates(0.9, 12).MultiplierOf(name), 1e-12);

    [Fact]
    public void ALayerThatTheEncoderLacksIsRefused() =>
        Assert.Contains("layer 12", Assert.Throws<ArgumentException>(() => new LayerwiseRates(0.9, 12).MultiplierOf("encoder.layer.12.output.dense.weight")).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(0.0)]
    [InlineData(1.1)]
    [InlineData(double.NaN)]
    public void DecayMustBeAbove0AndAtMost1(double decay) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new LayerwiseRates(decay, 12));
}
