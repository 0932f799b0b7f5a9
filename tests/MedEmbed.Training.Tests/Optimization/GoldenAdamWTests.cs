using System.Text.Json;
using MedEmbed.Safetensors;
using MedEmbed.Training.Encoders;
using MedEmbed.Training.Optimization;
using MedEmbed.Training.Tests.Losses;

namespace MedEmbed.Training.Tests.Optimization;

[Trait("Category", "Golden")]
public sealed class GoldenAdamWTests
{
    [Fact]
    public void FourStepsEqualPyTorch()
    {
        using var file = JsonDocument.Parse(File.ReadAllText(SharedFiles.Require($"{GoldenBatch.Folder}/adamw.json")));
        JsonElement json = file.RootElement;
        GoldenLoss golden = GoldenLoss.Read(json.GetProperty("loss").GetString()!);
        var batch = GoldenBatch.Read();
        using TrainableEncoder encoder = GoldenStep.Open(golden.Model ?? batch.Model);
        using var optimizer = new AdamW(OptimizedParameter.Of(encoder.Parameters), new AdamWOptions
        {
            Beta1 = json.GetProperty("betas")[0].GetDouble(),
            Beta2 = json.GetProperty("betas")[1].GetDouble(),
            Epsilon = json.GetProperty("eps").GetDouble(),
            WeightDecay = json.GetProperty("weight_decay").GetDouble(),
        });
        foreach (JsonElement step in json.GetProperty("steps").EnumerateArray())
        {
            AssertNear(step, "loss", GoldenStep.Run(encoder, golden, batch));
            AssertNear(step, "gradient_norm_before_clipping", GradientClipping.Clip(encoder.Parameters.Values, json.GetProperty("clip").GetDouble()));
            optimizer.Step(step.GetProperty("learning_rate").GetDouble());
            optimizer.ZeroGradients();
        }

        using var after = SafetensorsFile.Open(SharedFiles.Require($"{GoldenBatch.Folder}/adamw-after-4-steps.safetensors"));
        Assert.Equal(after.Tensors.Keys.Order(StringComparer.Ordinal), encoder.Parameters.Keys.Order(StringComparer.Ordinal));
        foreach (string name in after.Tensors.Keys)
        {
            (float[] expected, float[] actual) = (after.Read(name), EncoderParameters.ValuesOf(encoder.Parameters[name]));
            double worst = expected.Zip(actual, (one, other) => Math.Abs(one - other)).Max();
            Assert.True(worst <= 1e-5, $"{name} is off by {worst:E2} after four steps: {GradientAssert.WorstElement(expected, actual)}.");
        }
    }

    private static void AssertNear(JsonElement step, string key, double actual)
    {
        double expected = step.GetProperty(key).GetDouble();
        Assert.True(Math.Abs(actual - expected) <= 1e-4 * expected, $"{key} of step {step.GetProperty("step")} is {actual:G9}, not {expected:G9}.");
    }
}
