using MedEmbed.Training.Encoders;
using MedEmbed.Training.Libtorch;
using MedEmbed.Training.Optimization;
using TorchSharp;
using static TorchSharp.torch;

namespace MedEmbed.Training.Tests.Optimization;

public sealed class AdamWTests
{
    [Fact]
    public void ARunThatGoesOnFromSavedStateEqualsAnUnbrokenOne()
    {
        using DisposeScope scope = NewDisposeScope();
        Dictionary<string, Tensor> unbroken = Parameters();
        using var optimizer = new AdamW(OptimizedParameter.Of(unbroken));
        Train(optimizer, 0, 3);
        Dictionary<string, Tensor> resumed = unbroken.ToDictionary(parameter => parameter.Key, parameter => parameter.Value.detach().clone().requires_grad_());
        Dictionary<string, Tensor> saved = optimizer.State.ToDictionary(state => state.Key, state => state.Value.clone());
        Train(optimizer, 3, 6);

        using var other = new AdamW(OptimizedParameter.Of(resumed));
        other.LoadState(saved);
        Train(other, 3, 6);
        foreach (string name in unbroken.Keys)
            Assert.Equal(EncoderParameters.ValuesOf(unbroken[name]), EncoderParameters.ValuesOf(resumed[name]));
        Assert.Equal(6f, other.State["step.dense.weight"].item<float>());
    }

    [Fact]
    public void MomentsOutliveTheScopeOfAStepAndNothingElseDoes()
    {
        using DisposeScope scope = NewDisposeScope();
        using var optimizer = MadeInItsOwnScope(Parameters());
        Train(optimizer, 0, 1);
        long before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        Train(optimizer, 1, 20);
        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
        Assert.All(optimizer.State.Values, tensor => Assert.False(tensor.IsInvalid));

        static AdamW MadeInItsOwnScope(Dictionary<string, Tensor> parameters)
        {
            using DisposeScope inner = NewDisposeScope();
            return new AdamW(OptimizedParameter.Of(parameters));
        }
    }

    [Fact]
    public void FrozenParametersAreLeftOutAndThoseWithoutGradientStay()
    {
        using DisposeScope scope = NewDisposeScope();
        Dictionary<string, Tensor> parameters = Parameters();
        parameters["dense.bias"].requires_grad_(false);
        IReadOnlyList<OptimizedParameter> trained = OptimizedParameter.Of(parameters);
        Assert.Equal(["LayerNorm.weight", "dense.weight"], trained.Select(parameter => parameter.Name));
        using var optimizer = new AdamW(trained);
        float[] before = EncoderParameters.ValuesOf(parameters["dense.weight"]);
        parameters["LayerNorm.weight"].sum().backward();
        optimizer.Step(0.1);
        Assert.Equal(before, EncoderParameters.ValuesOf(parameters["dense.weight"]));
        Assert.Equal(0f, optimizer.State["step.dense.weight"].item<float>());
        Assert.Equal(1f, optimizer.State["step.LayerNorm.weight"].item<float>());
    }

    [Theory]
    [InlineData("encoder.layer.0.attention.self.query.weight", true)]
    [InlineData("embeddings.word_embeddings.weight", true)]
    [InlineData("modules.1.linear.weight", true)]
    [InlineData("encoder.layer.0.attention.self.query.bias", false)]
    [InlineData("encoder.layer.0.output.LayerNorm.weight", false)]
    [InlineData("embeddings.LayerNorm.bias", false)]
    public void BiasesAndNormsDoNotDecay(string name, bool decays)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor parameter = ones(2).requires_grad_();
        using var optimizer = new AdamW(OptimizedParameter.Of(new Dictionary<string, Tensor> { [name] = parameter }), new AdamWOptions { WeightDecay = 0.5 });
        parameter.Times(0).sum().backward();
        optimizer.Step(0.1);
        Assert.Equal(decays ? 0.95f : 1f, parameter[0].item<float>(), tolerance: 1e-6f);
    }

    [Fact]
    public void TheFirstStepIsTheLearningRateTimesTheLayersMultiplier()
    {
        using DisposeScope scope = NewDisposeScope();
        Dictionary<string, Tensor> parameters = Enumerable.Range(0, 3).ToDictionary(layer => $"encoder.layer.{layer}.output.dense.bias", _ => zeros(1).requires_grad_());
        using var optimizer = new AdamW(OptimizedParameter.Of(parameters, new LayerwiseRates(0.5, 3)));
        foreach (Tensor parameter in parameters.Values)
            parameter.Times(7).sum().backward();
        optimizer.Step(0.1);
        // Adam's first step has the size of the learning rate, whatever the gradient.
        Assert.Equal([-0.025f, -0.05f, -0.1f], parameters.Values.Select(parameter => MathF.Round(parameter.item<float>(), 6)));
    }

    [Fact]
    public void StateOfOtherParametersIsRefusedAndChangesNothing()
    {
        using DisposeScope scope = NewDisposeScope();
        using var optimizer = new AdamW(OptimizedParameter.Of(Parameters()));
        Train(optimizer, 0, 1);
        Dictionary<string, Tensor> wrong = optimizer.State.ToDictionary(state => state.Key, state => state.Value.Times(0));
        wrong["exp_avg.dense.weight"] = zeros(4);
        Assert.Contains("exp_avg.dense.weight of the saved state is [4]", Assert.Throws<ArgumentException>(() => optimizer.LoadState(wrong)).Message, StringComparison.Ordinal);
        wrong.Remove("exp_avg.dense.weight");
        Assert.Contains("lacks exp_avg.dense.weight", Assert.Throws<ArgumentException>(() => optimizer.LoadState(wrong)).Message, StringComparison.Ordinal);
        Assert.Equal(1f, optimizer.State["step.dense.weight"].item<float>());
    }

    private static Dictionary<string, Tensor> Parameters() => new()
    {
        ["dense.weight"] = tensor([0.1f, -0.2f, 0.3f, 0.4f, -0.5f, 0.6f], [2, 3]).requires_grad_(),
        ["dense.bias"] = tensor([0.01f, -0.02f]).requires_grad_(),
        ["LayerNorm.weight"] = ones(2).requires_grad_(),
    };

    private static void Train(AdamW optimizer, int from, int to)
    {
        for (int step = from; step < to; step++)
        {
            using DisposeScope scope = NewDisposeScope();
            foreach (OptimizedParameter parameter in optimizer.Parameters)
                (parameter.Tensor * parameter.Tensor).Times(step + 1).sum().backward();
            optimizer.Step(0.01 * (step + 1));
            optimizer.ZeroGradients();
        }
    }
}
