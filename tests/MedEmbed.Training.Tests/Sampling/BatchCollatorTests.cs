using MedEmbed.Models;
using MedEmbed.Training.Encoders;
using MedEmbed.Training.Sampling;
using MedEmbed.Training.Stepping;

namespace MedEmbed.Training.Tests.Sampling;

public sealed class BatchCollatorTests
{
    private static readonly ModelFolder Model = ModelFolder.Open(RepositoryFiles.PathOf("models/bge-small-en-v1.5"));

    [Fact]
    public async Task TextsBecomeTheTokensOfPromptAndTextInTheBatchsOrder()
    {
        using TemporaryFolder folder = new();
        ExampleSet set = await SampleFile.LoadAsync(folder, SampleFile.Distinct(9, negatives: 2), source => source with { Negatives = 2, QueryPrompt = "find: ", PromptShare = 0.5, DocumentPrompt = "doc: " });
        TrainingBatch batch = new BatchSampler([set], new BatchSamplerOptions { BatchSize = 8 }).Next();
        TokenizedBatch tokenized = new BatchCollator(new TextTokens(Model)).Collate(batch, out int truncated);
        var tokenizer = Model.OpenTokenizer();
        Assert.Equal(batch.Examples.Select(example => tokenizer.Encode(example.QueryPrompt + example.Query, 512)), tokenized.Queries.Select(row => row.Ids.ToArray()));
        IEnumerable<string> columns = Enumerable.Range(0, 3).SelectMany(column => batch.Examples.Select(example => "doc: " + (column == 0 ? example.Positive : example.Negatives[column - 1])));
        Assert.Equal(columns.Select(text => tokenizer.Encode(text, 512)), tokenized.Documents.Select(row => row.Ids.ToArray()));
        Assert.Equal(batch.KnownPositives, tokenized.KnownPositives!);
        Assert.Equal((0, 2, null), (truncated, tokenized.Negatives, tokenized.TeacherScores));
    }

    [Fact]
    public async Task LongTextsAreCutAndCounted()
    {
        using TemporaryFolder folder = new();
        ExampleSet set = await SampleFile.LoadAsync(folder, [SampleFile.Triplet(string.Join(' ', Enumerable.Repeat("heart", 50)), [string.Join(' ', Enumerable.Repeat("lung", 50))])]);
        BatchCollator collator = new(new TextTokens(Model), new BatchCollatorOptions { MaxQueryLength = 10, MaxPassageLength = 20 });
        TokenizedBatch batch = collator.Collate(new BatchSampler([set]).Next(), out int truncated);
        Assert.Equal((10, 20, 2), (batch.Queries[0].Length, batch.Documents[0].Length, truncated));
    }

    [Fact]
    public async Task ScoresOfTheDataAreTheTeachers()
    {
        using TemporaryFolder folder = new();
        ExampleSet set = await SampleFile.LoadAsync(folder, SampleFile.Distinct(2, negatives: 1).Select((triplet, i) => triplet with { PositiveScores = [i + 1], NegativeScores = [-i] }), source => source with { Negatives = 1 });
        TrainingBatch batch = new BatchSampler([set]).Next();
        TokenizedBatch tokenized = new BatchCollator(new TextTokens(Model)).Collate(batch, out _);
        Assert.Equal(batch.Examples.SelectMany(example => example.Line == 1 ? new[] { 1f, 0 } : [2f, -1]), tokenized.TeacherScores!);
    }
}
