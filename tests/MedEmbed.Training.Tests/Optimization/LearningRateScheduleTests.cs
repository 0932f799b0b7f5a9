using System.Text.Json;
using MedEmbed.Training.Optimization;
using MedEmbed.Training.Tests.Losses;

namespace MedEmbed.Training.Tests.Optimization;

public sealed class LearningRateScheduleTests
{
    [Fact, Trait("Category", "Golden")]
    public void EveryStepEqualsTransformers()
    {
        using var file = JsonDocument.Parse(File.ReadAllText(SharedFiles.Require($"{GoldenBatch.Folder}/schedules.json")));
        JsonElement json = file.RootElement;
        foreach (JsonProperty shape in json.GetProperty("learning_rate_at_step").EnumerateObject())
        {
            var schedule = new LearningRateSchedule(
                Shape(shape.Name), json.GetProperty("learning_rate").GetDouble(), json.GetProperty("warmup_steps").GetInt32(), json.GetProperty("total_steps").GetInt32());
            foreach ((int step, JsonElement expected) in shape.Value.EnumerateArray().Index())
                Assert.Equal(expected.GetDouble(), schedule.At(step), tolerance: 1e-15 * schedule.Peak);
        }
    }

    [Theory]
    [InlineData(ScheduleShape.Linear, 0.0)]
    [InlineData(ScheduleShape.Cosine, 0.0)]
    [InlineData(ScheduleShape.Constant, 2.0)]
    public void WithoutWarmupTheFirstStepHasThePeakAndTheEndStays(ScheduleShape shape, double end)
    {
        var schedule = new LearningRateSchedule(shape, 2, 0, 7);
        Assert.Equal(2, schedule.At(0));
        Assert.Equal(end, schedule.At(7), 1e-15);
        Assert.Equal(end, schedule.At(1000), 1e-15);
    }

    [Fact]
    public void AWarmupLongerThanTheRunIsRefused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new LearningRateSchedule(ScheduleShape.Linear, 1e-5, 11, 10));

    private static ScheduleShape Shape(string name) => name switch
    {
        "cosine" => ScheduleShape.Cosine,
        "linear" => ScheduleShape.Linear,
        _ when name.StartsWith("constant", StringComparison.Ordinal) => ScheduleShape.Constant,
        _ => throw new NotSupportedException(name),
    };
}
