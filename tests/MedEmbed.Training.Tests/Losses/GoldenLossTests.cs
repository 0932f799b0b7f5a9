using MedEmbed.Training.Encoders;

namespace MedEmbed.Training.Tests.Losses;

[Trait("Category", "Golden")]
public sealed class GoldenLossTests
{
    public static TheoryData<string> Names() =>
        SharedFiles.Has($"{GoldenBatch.Folder}/losses.json") ? [.. GoldenLoss.ReadAll().Select(loss => loss.Name)] : ["(none)"];

    [Theory, MemberData(nameof(Names))]
    public void ValueAndGradientsEqualPyTorch(string name)
    {
        GoldenLoss golden = GoldenLoss.Read(name);
        var batch = GoldenBatch.Read();
        using TrainableEncoder encoder = GoldenStep.Open(golden.Model ?? batch.Model);
        double loss = GoldenStep.Run(encoder, golden, batch);
        Assert.True(Math.Abs(loss - golden.Value) <= 1e-5 * Math.Abs(golden.Value), $"{name} is {loss:G9}, not {golden.Value:G9}.");
        GradientAssert.Close(golden.Gradients(), encoder.Parameters, 1e-4);
    }
}
