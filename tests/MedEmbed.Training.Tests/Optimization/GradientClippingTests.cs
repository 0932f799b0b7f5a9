using MedEmbed.Training.Optimization;
using TorchSharp;
using static TorchSharp.torch;

namespace MedEmbed.Training.Tests.Optimization;

public sealed class GradientClippingTests
{
    [Fact]
    public void GradientsOfGreaterNormAreScaledToTheMaximum()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor[] parameters = WithGradients([3f, 0f], [4f], null);
        Assert.Equal(5, GradientClipping.Clip(parameters, 1), 1e-6);
        Assert.Equal(1, GradientClipping.GlobalNorm(parameters), 1e-6);
        Assert.Equal(0.6f, parameters[0].grad![0].item<float>(), 1e-6f);
        Assert.Equal(0.8f, parameters[1].grad![0].item<float>(), 1e-6f);
    }

    [Fact]
    public void GradientsOfSmallerNormStayBitForBit()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor[] parameters = WithGradients([3f, 0f], [4f]);
        Assert.Equal(5, GradientClipping.Clip(parameters, 5.1), 1e-6);
        Assert.Equal([3f, 0f], parameters[0].grad!.data<float>());
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void ANormThatIsNotFiniteIsReportedAndChangesNothing(float bad)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor[] parameters = WithGradients([bad, 0f], [4f]);
        Assert.False(double.IsFinite(GradientClipping.Clip(parameters, 1)));
        Assert.Equal([4f], parameters[1].grad!.data<float>());
    }

    [Fact]
    public void WithoutGradientsTheNormIs0()
    {
        using DisposeScope scope = NewDisposeScope();
        Assert.Equal(0, GradientClipping.Clip(WithGradients([(float[]?)null]), 1));
    }

    private static Tensor[] WithGradients(params float[]?[] gradients) =>
    [
        .. gradients.Select(gradient =>
        {
            Tensor parameter = zeros(gradient?.Length ?? 1).requires_grad_();
            if (gradient is not null)
                parameter.backward([tensor(gradient)]);
            return parameter;
        }),
    ];
}
