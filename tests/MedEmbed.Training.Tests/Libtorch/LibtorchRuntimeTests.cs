using MedEmbed.Training.Libtorch;
using TorchSharp;

namespace MedEmbed.Training.Tests.Libtorch;

public sealed class LibtorchRuntimeTests
{
    [Fact]
    public void LibtorchLoadsAndComputes()
    {
        LibtorchRuntime.Load();
        using torch.Tensor one = torch.ones(3);
        using torch.Tensor sum = one.sum();
        Assert.Equal(3f, sum.item<float>());
    }
}
