using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Globalization;
using MedEmbed.EmbeddingGenerators;
using MedEmbed.Encoding;
using Microsoft.Extensions.AI;

namespace MedEmbed.Tests.EmbeddingGenerators;

[Trait("Category", "Golden")]
public sealed class TelemetryTests : IDisposable
{
    private const string Secret = "zyzzyvatherapy";

    private readonly string _source = $"medembed-test-{Guid.NewGuid():N}";
    private readonly ConcurrentBag<Activity> _activities = [];
    private readonly ConcurrentBag<string> _measurements = [];
    private readonly ActivityListener _activityListener;
    private readonly MeterListener _meterListener = new();
    private readonly TemporaryFolder _cache = new();
    private readonly TextEncoder _encoder;
    private readonly IEmbeddingGenerator<string, Embedding<float>> _shared;

    public TelemetryTests()
    {
        _activityListener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == _source,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = _activities.Add,
        };
        ActivitySource.AddActivityListener(_activityListener);
        _meterListener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == _source)
                listener.EnableMeasurementEvents(instrument);
        };
        _meterListener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Keep(instrument, value, tags));
        _meterListener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Keep(instrument, value, tags));
        _meterListener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Keep(instrument, value, tags));
        _meterListener.Start();
        _encoder = TextEncoder.Open(SharedFiles.Require("golden/models/prompts"), new TextEncoderOptions { GraphCacheFolder = _cache.Path });
        _shared = _encoder.AsIEmbeddingGenerator().AsBuilder().UseOpenTelemetry(sourceName: _source).Build();
    }

    public void Dispose()
    {
        _shared.Dispose();
        _encoder.Dispose();
        _activityListener.Dispose();
        _meterListener.Dispose();
        _cache.Dispose();
    }

    [Fact]
    public async Task StandardDecoratorTellsModelTokensAndDimensionsButNoText()
    {
        var embeddings = await _shared.WithPrompt(Prompt.Query).GenerateAsync(
            [$"patient asks about {Secret}"], new EmbeddingGenerationOptions { Dimensions = 8 }, TestContext.Current.CancellationToken);
        Activity activity = Assert.Single(_activities);
        string tokens = embeddings.Usage!.InputTokenCount!.Value.ToString(CultureInfo.InvariantCulture);
        Assert.Equal("embeddings prompts", activity.DisplayName);
        Assert.Equal("medembed", Tag(activity, "gen_ai.provider.name"));
        Assert.Equal("prompts", Tag(activity, "gen_ai.request.model"));
        Assert.Equal("8", Tag(activity, "gen_ai.embeddings.dimension.count"));
        Assert.Equal(tokens, Tag(activity, "gen_ai.usage.input_tokens"));
        Assert.Contains(_measurements, measurement => measurement.StartsWith($"gen_ai.client.token.usage {tokens} ", StringComparison.Ordinal));
        Assert.Contains(_measurements, measurement => measurement.StartsWith("gen_ai.client.operation.duration ", StringComparison.Ordinal));
        AssertNoSecret();
    }

    [Fact]
    public async Task FailedCallTellsItsKindButNoText()
    {
        await Assert.ThrowsAsync<ArgumentException>(() =>
            _shared.WithPrompt(Prompt.Named("absent")).GenerateAsync([Secret], cancellationToken: TestContext.Current.CancellationToken));
        var tooMany = new EmbeddingGenerationOptions { Dimensions = _encoder.Dimensions + 1 };
        await Assert.ThrowsAsync<ArgumentException>(() =>
            _shared.WithPrompt(Prompt.Query).GenerateAsync([Secret], tooMany, TestContext.Current.CancellationToken));
        Assert.Equal(2, _activities.Count);
        Assert.All(_activities, activity => Assert.Equal((ActivityStatusCode.Error, "System.ArgumentException"), (activity.Status, Tag(activity, "error.type"))));
        AssertNoSecret();
    }

    private static string? Tag(Activity activity, string name) => Convert.ToString(activity.GetTagItem(name), CultureInfo.InvariantCulture);

    private void AssertNoSecret()
    {
        IEnumerable<string> told = _activities.SelectMany(activity => activity.TagObjects
            .Concat(activity.Events.SelectMany(tagged => tagged.Tags))
            .Select(tag => $"{tag.Key}={tag.Value}")
            .Concat(activity.Baggage.Select(item => $"{item.Key}={item.Value}"))
            .Append(activity.DisplayName)
            .Append(activity.StatusDescription ?? ""));
        Assert.DoesNotContain(told.Concat(_measurements), text => text.Contains(Secret, StringComparison.OrdinalIgnoreCase));
    }

    private void Keep<T>(Instrument instrument, T value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        string tagged = string.Join(' ', tags.ToArray().Select(tag => $"{tag.Key}={tag.Value}"));
        _measurements.Add(string.Create(CultureInfo.InvariantCulture, $"{instrument.Name} {value} {tagged}"));
    }
}
