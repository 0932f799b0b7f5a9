using MedEmbed.Training.Libtorch;
using TorchSharp;

namespace MedEmbed.Training.Encoders;

/// <summary>Turns a device's name into a device: the only place that knows which kinds there are.</summary>
internal static class ComputeDevice
{
    private const int MostLanes = 4;

    /// <summary>How many passes are best computed side by side: one a thread up to four on a processor, one on a GPU.</summary>
    public static int LanesOf(string name, int threads) => Resolve(name).type == DeviceType.CPU ? Math.Min(threads, MostLanes) : 1;

    /// <exception cref="ArgumentException">There is no such device, or libtorch does not see it.</exception>
    public static torch.Device Resolve(string name)
    {
        LibtorchRuntime runtime = LibtorchRuntime.Load();
        if (name == "auto")
            return new torch.Device(runtime.HasCuda && torch.cuda_is_available() ? "cuda" : "cpu");
        if (name == "cpu")
            return torch.CPU;
        if (name == "cuda" || name.StartsWith("cuda:", StringComparison.Ordinal))
        {
            if (!runtime.HasCuda)
                throw new ArgumentException($"Device \"{name}\": the libtorch in {runtime.Folder.Path} is built for CPUs alone. Reference TorchSharp's CUDA package in the application, or name a libtorch with CUDA in {LibtorchFolder.Variable}.");
            if (!torch.cuda_is_available())
                throw new ArgumentException($"Device \"{name}\": libtorch sees no CUDA device. Check the driver (nvidia-smi), or use --device cpu.");
            return new torch.Device(name);
        }

        throw new ArgumentException($"Device \"{name}\" is unknown; auto, cpu, cuda and cuda:N are.");
    }
}
