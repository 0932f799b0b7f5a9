using MedEmbed.Models;
using MedEmbed.Training.Output;

namespace MedEmbed.Training.Tests.Output;

[Trait("Category", "Golden")]
public sealed class ModelCardTests
{
    private static readonly ModelCardContent Content = new()
    {
        Name = "my-model",
        Summary = "Fine-tuned on questions | and snippets.",
        Licence = "apache-2.0",
        BaseModel = "BAAI/bge-small-en-v1.5",
        BaseModelHash = "ab12",
        Datasets = [new CardDataset("bioasq: 2024", "cd34", 12345, "cc-by-2.5")],
        Recipe = [new("learning rate", "2e-05"), new("batch size", "32")],
        Results = [new CardResult("NFCorpus", "nDCG@10", 0.3434, 0.35), new CardResult("TREC-COVID", "nDCG@10", null, 0.7)],
        Contamination = new CardContamination(["NFCorpus", "ArguAna"], 24690, 7, 3, NearDuplicates: false, LeftOut: true),
    };

    [Fact]
    public void TheHeaderHasWhatTheHubReads()
    {
        string[] lines = Text(Content).Split('\n');
        string[] header = [.. lines.Skip(1).TakeWhile(line => line != "---")];
        Assert.Equal("---", lines[0]);
        foreach (string line in (string[])["library_name: sentence-transformers", "pipeline_tag: sentence-similarity", "license: \"apache-2.0\"", "- \"BAAI/bge-small-en-v1.5\"", "- \"bioasq: 2024\"", "- sentence-transformers"])
            Assert.Contains(line, header);
    }

    [Fact]
    public void TheCardTellsDataRecipeResultsAndContamination()
    {
        string text = Text(Content);
        foreach (string part in (string[])["| bioasq: 2024 | 12,345 | cc-by-2.5 | cd34 |", "| learning rate | 2e-05 |", "| NFCorpus | nDCG@10 | 0.3434 | 0.3500 |", "| TREC-COVID | nDCG@10 | not measured | 0.7000 |",
            "24,690 distinct texts were compared, exactly and normalised", "7 triplets overlap in query or positive, and 3 further negatives; they were left out", "SentenceTransformer(\"my-model\")", "medembed index build", "questions \\| and snippets"])
            Assert.Contains(part, text, StringComparison.Ordinal);
    }

    [Fact]
    public void WhatWasNotDoneIsSaid()
    {
        string text = Text(Content with { Contamination = null, Licence = null });
        Assert.Contains("were not compared with any benchmark", text, StringComparison.Ordinal);
        Assert.Contains("Nobody has said under which licence", text, StringComparison.Ordinal);
        Assert.DoesNotContain("license:", text, StringComparison.Ordinal);
        Assert.Contains("were trained on", Text(Content with { Contamination = Content.Contamination! with { LeftOut = false } }), StringComparison.Ordinal);
    }

    [Fact]
    public void AFoldersNameIsNoBaseModelOfTheHub() => Assert.DoesNotContain("base_model:", Text(Content with { BaseModel = "../my-base" }), StringComparison.Ordinal);

    private static string Text(ModelCardContent content) => ModelCard.Text(content, ModelFolder.Open(SharedFiles.Require("golden/models/prompts")));
}
