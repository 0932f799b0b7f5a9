using MedEmbed.Encoding;
using MedEmbed.Tests.Graph;

namespace MedEmbed.Tests.Encoding;

public sealed class StreamingTests : IDisposable
{
    private const int Window = 500;

    private static readonly EncodeOptions Windowed = new() { WindowTexts = Window };

    private readonly TestEncoder _test = new();
    private readonly TextEncoder _encoder;
    private int _read;
    private bool _disposed;

    public StreamingTests() => _encoder = _test.With(_test.Graph());

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _encoder.Dispose();
        _test.Dispose();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(Window - 1)]
    [InlineData(Window)]
    [InlineData(Window + 1)]
    [InlineData((2 * Window) + 300)]
    public async Task EveryItemComesOnceInOrderWithItsOwnVector(int count)
    {
        int next = 0;
        await foreach (EncodedWindow<int> window in Stream(count))
        {
            Assert.InRange(window.Items.Count, 1, Window);
            Assert.Equal(window.Items.Count, window.Encoded.Vectors.Rows);
            for (int i = 0; i < window.Items.Count; i++)
            {
                Assert.Equal(next++, window.Items[i]);

                // The fake graph's vector begins with the text's first tokens.
                Assert.Equal(_encoder.Tokenizer.Encode(TextOf(window.Items[i]))[1], (int)window.Encoded.Vectors[i][1]);
            }
        }

        Assert.Equal(count, next);
        Assert.True(_disposed);
    }

    [Fact]
    public async Task TheVectorsAreThoseOfASingleCall()
    {
        using TextEncoder encoder = _test.Open();
        string[] texts = TestEncoder.SkewedTexts(50);
        Encoded whole = await encoder.EncodeAsync(texts, EncodeOptions.Document, Token);
        await foreach (EncodedWindow<string> window in encoder.EncodeStreamAsync(texts.ToAsyncEnumerable(), text => text, EncodeOptions.Document, Token))
            VectorAssert.Close(whole.Vectors, window.Encoded.Vectors, 1e-6);
    }

    [Fact]
    public async Task LongTextsEndAWindowEarly()
    {
        string text = string.Concat(Enumerable.Repeat("x ", 5 << 19));
        var sizes = new List<int>();
        await foreach (EncodedWindow<int> window in _encoder.EncodeStreamAsync(Numbers(10), _ => text, EncodeOptions.Document, Token))
            sizes.Add(window.Items.Count);
        Assert.Equal([4, 4, 2], sizes);
    }

    [Fact]
    public async Task NoMoreThanTwoWindowsAreReadAhead()
    {
        int windows = 0;
        await foreach (EncodedWindow<int> window in Stream(5000))
        {
            // One in hand, one encoded or read next, and the item at which the reader notices that it is full.
            Assert.InRange(_read, 0, (++windows + 1) * Window + 1);
        }

        Assert.Equal(5000, _read);
    }

    [Fact]
    public async Task AConsumerThatStopsEarlyDisposesTheSourceAndReadsNoFurther()
    {
        await foreach (EncodedWindow<int> window in Stream(int.MaxValue))
            break;
        Assert.True(_disposed);
        Assert.InRange(_read, Window, (3 * Window) + 1);
    }

    [Fact]
    public async Task AFaultOfTheSourceReachesTheConsumerAfterTheWindowsBeforeIt()
    {
        int items = 0;
        var error = await Assert.ThrowsAsync<InvalidDataException>(async () =>
        {
            await foreach (EncodedWindow<int> window in Stream(1000, faultAt: 700))
                items += window.Items.Count;
        });
        Assert.Equal("item 700", error.Message);
        Assert.Equal(Window, items);
        Assert.True(_disposed);
    }

    [Fact]
    public async Task AFaultOfTheEncoderDisposesTheSource()
    {
        _encoder.Dispose();
        await Assert.ThrowsAsync<ObjectDisposedException>(async () =>
        {
            await foreach (EncodedWindow<int> window in Stream(1000))
                Assert.Fail("A window came from a disposed encoder.");
        });
        Assert.True(_disposed);
    }

    [Fact]
    public async Task ANullTextIsAnArgumentError() =>
        await Assert.ThrowsAsync<ArgumentException>(async () =>
        {
            await foreach (EncodedWindow<int> window in _encoder.EncodeStreamAsync(Numbers(3), _ => null!, EncodeOptions.Document, Token))
                Assert.Fail("A window came of null texts.");
        });

    [Fact]
    public async Task CancellationEndsTheStream()
    {
        using var cancellation = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (EncodedWindow<int> window in _encoder.EncodeStreamAsync(Numbers(int.MaxValue), TextOf, Windowed, cancellation.Token))
                await cancellation.CancelAsync();
        });
        Assert.True(_disposed);
    }

    private static string TextOf(int item) => $"{(char)('a' + (item % 26))} heart";

    private IAsyncEnumerable<EncodedWindow<int>> Stream(int count, int faultAt = -1) =>
        _encoder.EncodeStreamAsync(Numbers(count, faultAt), TextOf, Windowed, Token);

    private async IAsyncEnumerable<int> Numbers(int count, int faultAt = -1)
    {
        try
        {
            for (int i = 0; i < count; i++)
            {
                if (i == faultAt)
                    throw new InvalidDataException($"item {i}");
                Interlocked.Increment(ref _read);
                yield return i;
            }

            await Task.CompletedTask;
        }
        finally
        {
            _disposed = true;
        }
    }
}
