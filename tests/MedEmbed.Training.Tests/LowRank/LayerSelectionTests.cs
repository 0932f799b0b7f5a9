using MedEmbed.Training.LowRank;

namespace MedEmbed.Training.Tests.LowRank;

public sealed class LayerSelectionTests
{
    private const string Query0 = "encoder.layer.0.attention.self.query";
    private const string Output3 = "encoder.layer.3.output.dense";
    private const string Attention3 = "encoder.layer.3.attention.output.dense";

    [Fact]
    public void ANameMatchesWholeOrFromADotOn()
    {
        var selection = new LayerSelection { Names = ["output.dense", Query0] };
        Assert.True(selection.Selects(Query0) && selection.Selects(Output3) && selection.Selects(Attention3));
        Assert.False(selection.Selects("encoder.layer.1.attention.self.query"));
        Assert.False(new LayerSelection { Names = ["uery"] }.Selects(Query0));
    }

    [Fact]
    public void APatternMustFitTheWholeName()
    {
        Assert.True(new LayerSelection { Pattern = @".*\.(query|value)" }.Selects(Query0));
        Assert.False(new LayerSelection { Pattern = "query" }.Selects(Query0));
        Assert.True(new LayerSelection { Pattern = "All-Linear" }.Selects(Output3));
    }

    [Fact]
    public void LayersAndExclusionsNarrowTheNames()
    {
        var selection = new LayerSelection { Names = ["query", "output.dense"], Layers = [3], ExcludedNames = ["attention.output.dense"] };
        Assert.True(selection.Selects(Output3));
        Assert.False(selection.Selects(Query0));
        Assert.False(selection.Selects(Attention3));
        Assert.True((selection with { LayersPatterns = ["layer"] }).Selects(Output3));
        Assert.False((selection with { LayersPatterns = ["block"] }).Selects(Output3));
        Assert.False(new LayerSelection { Pattern = ".*", ExcludedPattern = @".*\.0\..*" }.Selects(Query0));
    }

    [Fact]
    public void TheFirstPatternThatFitsTheEndGivesRankAndAlpha()
    {
        var config = new LowRankConfig
        {
            Targets = new LayerSelection { Names = ["query"] },
            Rank = 4,
            Alpha = 8,
            RankPattern = [new("0.attention.self.query", 16), new("quer.", 2)],
            AlphaPattern = [new("query", 32)],
        };
        Assert.Equal((16, 2, 4), (config.RankOf(Query0), config.RankOf("encoder.layer.1.attention.self.query"), config.RankOf(Output3)));
        Assert.Equal((2, 2), (config.ScaleOf(Query0), config.ScaleOf(Output3)));
        Assert.Equal(8, (config with { RankStabilized = true }).ScaleOf(Query0));
    }
}
