using MedEmbed.Encoding;

namespace MedEmbed.Tests.Encoding;

/// <summary>What can be seen of a call while it runs: threads, progress, cancellation, disposal, failures.</summary>
public sealed class RunningCallTests
{
    private static readonly string[] Texts = TestEncoder.SkewedTexts(400);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task NoMoreBatchesRunAtOnceThanThreadsWereAskedFor(int threads)
    {
        using var test = new TestEncoder();
        FakeGraph graph = test.Graph(() => Thread.Sleep(1));
        using TextEncoder encoder = test.With(graph, new TextEncoderOptions { Threads = threads, BatchTokens = 64 });
        await encoder.EncodeAsync(Texts, EncodeOptions.Document, Token);
        Assert.InRange(graph.MostAtOnce, 1, threads);
        Assert.True(graph.Runs > 10);
    }

    [Fact]
    public async Task ProgressRisesToTheWhole()
    {
        using var test = new TestEncoder();
        using TextEncoder encoder = test.With(test.Graph(), new TextEncoderOptions { BatchTokens = 256 });
        var progress = new RecordedEncodeProgress();
        Encoded encoded = await encoder.EncodeAsync(Texts, new EncodeOptions { Progress = progress }, Token);
        Assert.True(progress.Reports.Count > 2);
        for (int i = 1; i < progress.Reports.Count; i++)
        {
            Assert.True(progress.Reports[i].Texts > progress.Reports[i - 1].Texts);
            Assert.True(progress.Reports[i].Tokens > progress.Reports[i - 1].Tokens);
        }

        Assert.Equal(new EncodeProgress(Texts.Length, Texts.Length, encoded.Report.Tokens), progress.Reports[^1]);
    }

    [Fact]
    public async Task ACancelledCallStopsAfterTheBatchesUnderWay()
    {
        using var test = new TestEncoder();
        using var cancellation = new CancellationTokenSource();
        FakeGraph graph = test.Graph();
        using TextEncoder encoder = test.With(graph, new TextEncoderOptions { Threads = 2, BatchTokens = 64 });
        var options = new EncodeOptions { Progress = new RecordedEncodeProgress(_ => cancellation.Cancel()) };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await encoder.EncodeAsync(Texts, options, cancellation.Token));
        Assert.InRange(graph.Runs, 1, 4);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await encoder.EncodeAsync(Texts, EncodeOptions.Document, cancellation.Token));
    }

    [Fact]
    public async Task AFailureInABatchIsThrownAsItIs()
    {
        using var test = new TestEncoder();
        using TextEncoder encoder = test.With(test.Graph(() => throw new InvalidDataException("broken")), new TextEncoderOptions { Threads = 2, BatchTokens = 64 });
        var error = await Assert.ThrowsAsync<InvalidDataException>(async () => await encoder.EncodeAsync(Texts, EncodeOptions.Document, Token));
        Assert.Equal("broken", error.Message);
    }

    [Fact]
    public async Task ADisposedEncoderRefusesCallsAndMayBeDisposedAgain()
    {
        using var test = new TestEncoder();
        TextEncoder encoder = test.Open();
        encoder.Dispose();
        encoder.Dispose();
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await encoder.EncodeAsync(["a"], EncodeOptions.Document, Token));
    }

    [Fact]
    public async Task DisposingDuringACallLetsItEndFirst()
    {
        using var test = new TestEncoder();
        TextEncoder? encoder = null;
        FakeGraph graph = test.Graph(() => encoder!.Dispose());
        encoder = test.With(graph, new TextEncoderOptions { Threads = 2, BatchTokens = 64 });
        Encoded encoded = await encoder.EncodeAsync(Texts, EncodeOptions.Document, Token);
        Assert.Equal(Texts.Length, encoded.Report.Texts);
        Assert.True(graph.Disposed);
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await encoder.EncodeAsync(["a"], EncodeOptions.Document, Token));
    }
}
