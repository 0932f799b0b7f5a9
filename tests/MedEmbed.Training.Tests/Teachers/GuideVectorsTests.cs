using System.Numerics.Tensors;
using MedEmbed.Encoding;
using MedEmbed.Training.Sampling;
using MedEmbed.Training.Teachers;
using MedEmbed.Training.Tests.Sampling;

namespace MedEmbed.Training.Tests.Teachers;

public sealed class GuideVectorsTests
{
    private static readonly string Model = RepositoryFiles.PathOf("models/bge-small-en-v1.5");

    [Fact]
    public async Task VectorsAreThoseOfTheEncoderWithTheFoldersPrompts()
    {
        using TemporaryFolder folder = new();
        ExampleSet set = await SampleFile.LoadAsync(folder, SampleFile.Distinct(5, negatives: 1), source => source with { Negatives = 1, QueryPrompt = "not the teacher's: " });
        TrainingBatch batch = new BatchSampler([set], new BatchSamplerOptions { BatchSize = 4 }).Next();
        using GuideVectors guide = await GuideVectors.PrepareAsync(new TeacherModel(Model), [set], folder.File("cache"), cancellationToken: TestContext.Current.CancellationToken);
        using TextEncoder encoder = TextEncoder.Open(Model);
        Encoded queries = await encoder.EncodeAsync([.. batch.Queries], EncodeOptions.Query, TestContext.Current.CancellationToken);
        Encoded documents = await encoder.EncodeAsync([.. batch.Documents], EncodeOptions.Document, TestContext.Current.CancellationToken);
        AssertClose([.. queries.Vectors.Values.Span, .. documents.Vectors.Values.Span], guide.Of(batch), guide.Dimensions);
    }

    [Fact]
    public async Task APromptOfOnesOwnStandsBeforeTheText()
    {
        using TemporaryFolder folder = new();
        ExampleSet set = await SampleFile.LoadAsync(folder, SampleFile.Distinct(1));
        TeacherModel model = new(Model) { QueryPrompt = "query: ", DocumentPrompt = "passage: " };
        using GuideVectors guide = await GuideVectors.PrepareAsync(model, [set], folder.File("cache"), cancellationToken: TestContext.Current.CancellationToken);
        using TextEncoder encoder = TextEncoder.Open(Model);
        Encoded expected = await encoder.EncodeAsync(["query: query 0", "passage: positive 0 of 0"], new EncodeOptions { Prompt = Prompt.None }, TestContext.Current.CancellationToken);
        AssertClose(expected.Vectors.Values.Span, guide.Of(new BatchSampler([set]).Next()), guide.Dimensions);
    }

    [Fact]
    public async Task ACancelledPreparationGoesOnWhereItWasAndAFinishedOneComputesNothing()
    {
        using TemporaryFolder folder = new();
        // Passages are two windows of 512 texts.
        ExampleSet set = await SampleFile.LoadAsync(folder, SampleFile.Distinct(600));
        using CancellationTokenSource stop = new();
        Heard first = new(progress =>
        {
            if (progress.Teacher.Contains("documents", StringComparison.Ordinal) && progress.Texts == 512)
                stop.Cancel();
        });
        TeacherModel model = new(Model) { MaxLength = 8 };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => GuideVectors.PrepareAsync(model, [set], folder.File("cache"), first, stop.Token));
        Heard second = new();
        using (await GuideVectors.PrepareAsync(model, [set], folder.File("cache"), second, TestContext.Current.CancellationToken))
            Assert.Equal([0, 88], second.Reports.Select(progress => progress.Texts));
        Heard third = new();
        using GuideVectors guide = await GuideVectors.PrepareAsync(model, [set], folder.File("cache"), third, TestContext.Current.CancellationToken);
        Assert.Empty(third.Reports);
        Assert.Equal(64 * guide.Dimensions, guide.Of(new BatchSampler([set]).Next()).Length);
    }

    [Fact]
    public async Task TextsOfOtherSourcesAreRefused()
    {
        using TemporaryFolder folder = new();
        ExampleSet prepared = await SampleFile.LoadAsync(folder, SampleFile.Distinct(1));
        ExampleSet other = await SampleFile.LoadAsync(folder, [SampleFile.Triplet("another", ["text"])], name: "other");
        using GuideVectors guide = await GuideVectors.PrepareAsync(new TeacherModel(Model) { MaxLength = 8 }, [prepared], folder.File("cache"), cancellationToken: TestContext.Current.CancellationToken);
        Assert.Throws<ArgumentException>(() => guide.Of(new BatchSampler([other]).Next()));
    }

    /// <summary>f16 keeps a number to 2⁻¹¹ of itself.</summary>
    private static void AssertClose(ReadOnlySpan<float> expected, float[] actual, int dimensions)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int start = 0; start < actual.Length; start += dimensions)
        {
            float distance = TensorPrimitives.Distance(expected.Slice(start, dimensions), actual.AsSpan(start, dimensions));
            Assert.True(distance < 1.0 / 2048, $"Vector {start / dimensions} is {distance} off.");
        }
    }
}
