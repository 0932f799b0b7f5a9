using MedEmbed.Evaluation.Systems;

namespace MedEmbed.Evaluation.Tests.Systems;

public class ModelCardTests
{
    [Theory]
    [InlineData("---\nlicense: mit\ndatasets:\n- mteb/nfcorpus\n- \"a/b\"\ntags:\n- x\n---\ndatasets:\n- not/this", "mit", "mteb/nfcorpus a/b")]
    [InlineData("---\nlicense: 'apache-2.0'\ndatasets: [a/b, c/d]\n---\n", "apache-2.0", "a/b c/d")]
    [InlineData("---\nmodel-index:\n- name: m\n  license: inner\nlicense: mit\n---\n", "mit", null)]
    [InlineData("# A card without a header\nlicense: mit\n", null, null)]
    [InlineData("", null, null)]
    public void LicenceAndTrainingDataComeFromTheHeaderAlone(string card, string? licence, string? datasets)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("README.md"), card);
        ModelCard read = ModelCard.Read(folder.File("README.md"));
        Assert.Equal(licence, read.Licence);
        Assert.Equal(datasets?.Split(' '), read.Datasets);
    }

    [Fact]
    public void AModelWithoutACardStatesNothing()
    {
        using var folder = new TemporaryFolder();
        Assert.Equal(new ModelCard(null, null), ModelCard.Read(folder.File("README.md")));
    }
}
