using MedEmbed.Training.Encoders;
using MedEmbed.Training.Libtorch;
using MedEmbed.Training.Optimization;
using TorchSharp;
using static TorchSharp.torch;

namespace MedEmbed.Training.Tests.Optimization;

public sealed class ExponentialMovingAverageTests
{
    [Fact]
    public void TheAverageIsTheGeometricSumOfWhatItSaw()
    {
        using DisposeScope scope = NewDisposeScope();
        Dictionary<string, Tensor> parameters = new() { ["a"] = tensor([1f, -1f]).requires_grad_() };
        using var average = new ExponentialMovingAverage(parameters, 0.75);
        double expected = 1;
        foreach (float value in (float[])[3, -2, 5])
        {
            Set(parameters["a"], value);
            average.Update();
            expected = 0.75 * expected + 0.25 * value;
        }

        Assert.Equal(expected, average.State["a"][0].item<float>(), 1e-6);
        Assert.Equal(5f, parameters["a"][0].item<float>());
    }

    [Fact]
    public void ApplyPutsTheAverageInPlaceAndDisposingPutsTheParametersBack()
    {
        using DisposeScope scope = NewDisposeScope();
        Dictionary<string, Tensor> parameters = new() { ["a"] = tensor([1f]).requires_grad_() };
        using var average = new ExponentialMovingAverage(parameters, 0.5);
        Set(parameters["a"], 3);
        average.Update();
        IDisposable applied = average.Apply();
        Assert.Equal(2f, parameters["a"].item<float>());
        applied.Dispose();
        applied.Dispose();
        Assert.Equal(3f, parameters["a"].item<float>());
        Assert.Equal(2f, average.State["a"].item<float>());
        Assert.True(parameters["a"].requires_grad);
    }

    [Fact]
    public void SavedAveragesGoOnAsIfUnbrokenAndOutliveTheScopeOfAStep()
    {
        using DisposeScope scope = NewDisposeScope();
        Dictionary<string, Tensor> parameters = new() { ["a"] = tensor([1f, 2f]).requires_grad_() };
        using var average = new ExponentialMovingAverage(parameters, 0.9);
        Set(parameters["a"], 3);
        using (NewDisposeScope())
            average.Update();
        using var resumed = new ExponentialMovingAverage(parameters, 0.9);
        resumed.LoadState(average.State);
        Set(parameters["a"], 4);
        using (NewDisposeScope())
        {
            average.Update();
            resumed.Update();
        }

        Assert.Equal(EncoderParameters.ValuesOf(average.State["a"]), EncoderParameters.ValuesOf(resumed.State["a"]));
        Assert.Throws<ArgumentException>(() => resumed.LoadState(new Dictionary<string, Tensor>()));
    }

    private static void Set(Tensor parameter, float value)
    {
        using IDisposable withoutGraph = no_grad();
        parameter.FillInPlace(value);
    }
}
