using MedEmbed.Encoding;
using MedEmbed.Models;
using MedEmbed.Tokenization;

namespace MedEmbed.Tests.Models;

/// <summary>A folder as sentence-transformers writes it up to version 5, beside the same model saved again by version 6.</summary>
[Trait("Category", "Golden")]
public sealed class GenerationTests
{
    private const string ModelsFolder = "golden/models";
    private const string Suffix = ".sentence-transformers-6";

    public static TheoryData<string> SavedTwice()
    {
        if (!SharedFiles.Has(ModelsFolder))
            return ["(none)"];
        var names = new TheoryData<string>();
        foreach (string folder in Directory.EnumerateDirectories(SharedFiles.Require(ModelsFolder), "*" + Suffix).Order(StringComparer.Ordinal))
            names.Add(Path.GetFileName(folder)[..^Suffix.Length]);
        return names;
    }

    [Theory, MemberData(nameof(SavedTwice))]
    public void BothGenerationsOfALayoutMeanTheSameModel(string name)
    {
        var older = ModelFolder.Open(SharedFiles.Require($"{ModelsFolder}/{name}"));
        var newer = ModelFolder.Open(SharedFiles.Require($"{ModelsFolder}/{name}{Suffix}"));
        Assert.Equal(older.Config, newer.Config);
        Assert.Equal(older.Modules.Select(Described), newer.Modules.Select(Described));
        Assert.Equal(older.MaxLength, newer.MaxLength);
        Assert.Equal(older.Dimensions, newer.Dimensions);
        Assert.Equal(older.Similarity, newer.Similarity);
        Assert.Equal(older.Prompts.DefaultName, newer.Prompts.DefaultName);
        foreach (Prompt prompt in (Prompt[])[Prompt.None, Prompt.Query, Prompt.Document, .. older.Prompts.ByName.Keys.Select(Prompt.Named)])
            Assert.Equal(older.Prompts.TextOf(prompt), newer.Prompts.TextOf(prompt));
        Assert.Equal(
            WordPieceTokenizer.Load(older.TransformerFolder).VocabularySize,
            WordPieceTokenizer.Load(newer.TransformerFolder).VocabularySize);
    }

    private static string Described(ModelModule module) => module switch
    {
        PoolingModule pooling => $"{string.Join(',', pooling.Modes)} {pooling.IncludePrompt}",
        DenseModule dense => $"{dense.InputSize} {dense.OutputSize} {dense.HasBias} {dense.Activation}",
        _ => module.ToString(),
    };
}
