using MedEmbed.Training.Libtorch;

[assembly: AssemblyFixture(typeof(MedEmbed.Training.Tests.Libtorch.LoadedLibtorch))]

namespace MedEmbed.Training.Tests.Libtorch;

/// <summary>Loads libtorch before the first test: TorchSharp, touched before, would look for it itself and copy it beside the tests.</summary>
public sealed class LoadedLibtorch
{
    public LoadedLibtorch() => LibtorchRuntime.Load();
}
