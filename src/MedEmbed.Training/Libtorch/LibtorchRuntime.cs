using System.Runtime.InteropServices;
using Microsoft.Extensions.Logging;
using TorchSharp;

namespace MedEmbed.Training.Libtorch;

/// <summary>libtorch, loaded into this process once.</summary>
/// <remarks>Thread-safe. Nothing of TorchSharp may be touched before <see cref="Load"/>.</remarks>
public sealed partial class LibtorchRuntime
{
    private static readonly Lazy<LibtorchRuntime> Loaded = new(LoadOnce);

    private readonly List<ComputeThread> _helpers = [];
    private readonly bool _inMainArena;

    private LibtorchRuntime(LibtorchFolder folder, string shim, bool adapted)
    {
        (Folder, Shim, IsAdapted) = (folder, shim, adapted);
        _inMainArena = AllocatorTuning.Apply();
        Compute = ComputeThread.Start(_inMainArena);
    }

    /// <summary>Where libtorch was loaded from.</summary>
    public LibtorchFolder Folder { get; }

    /// <summary>The TorchSharp library that was loaded.</summary>
    public string Shim { get; }

    /// <summary>Whether <see cref="Shim"/> is a copy adapted to a C++ library older than GCC 13's.</summary>
    public bool IsAdapted { get; }

    /// <summary>Whether this libtorch is built for CUDA; whether there is a device is another question.</summary>
    public bool HasCuda => File.Exists(Path.Combine(Folder.Path, LibtorchFolder.FileNameOf("torch_cuda")));

    /// <summary>The thread for work with large tensors.</summary>
    internal ComputeThread Compute { get; }

    /// <summary>Threads for passes beside those of <see cref="Compute"/>: the first <paramref name="count"/> of them, the same ones every time.</summary>
    internal IReadOnlyList<ComputeThread> Helpers(int count)
    {
        lock (_helpers)
        {
            while (_helpers.Count < count)
                _helpers.Add(ComputeThread.Start(_inMainArena));
            return [.. _helpers.Take(count)];
        }
    }

    /// <summary>Loads libtorch, or returns what was loaded before.</summary>
    /// <exception cref="LibtorchException">It is missing or does not load.</exception>
    public static LibtorchRuntime Load(ILogger? logger = null)
    {
        LibtorchRuntime runtime = Loaded.Value;
        if (logger is not null)
        {
            LogLoaded(logger, LibtorchFolder.Version, runtime.Folder.Path);
            if (runtime.IsAdapted)
                LogAdapted(logger, runtime.Shim);
        }

        return runtime;
    }

    /// <summary>Runs work with large tensors on the thread that is kept for it, whose allocations use the same memory again and again; pieces run one after another.</summary>
    /// <remarks>Work must not wait for other such work.</remarks>
    public Task<T> RunAsync<T>(Func<T> work, CancellationToken cancellationToken = default) => Compute.RunAsync(work, cancellationToken);

    [LoggerMessage(LogLevel.Information, "libtorch {Version} from {Folder}")]
    private static partial void LogLoaded(ILogger logger, string version, string folder);

    [LoggerMessage(LogLevel.Information, "This system's libstdc++ is older than GCC 13's; TorchSharp's library was loaded as an adapted copy, {Shim}")]
    private static partial void LogAdapted(ILogger logger, string shim);

    private static LibtorchRuntime LoadOnce()
    {
        LibtorchFolder folder = LibtorchFolder.Find(Environment.GetEnvironmentVariable);
        string shim = FindShim(folder);
        bool adapted = OlderLibstdcppShim.IsNeeded();
        if (adapted)
            shim = OlderLibstdcppShim.Prepare(shim, CacheFolder.Default);
        try
        {
            // Loaded by path and in the order of their needs, so that each finds those before it by name.
            foreach (string library in (string[])["c10", "torch_cpu", "torch", "c10_cuda", "torch_cuda"])
            {
                string path = Path.Combine(folder.Path, LibtorchFolder.FileNameOf(library));
                if (File.Exists(path))
                    NativeLibrary.Load(path);
            }

            nint handle = NativeLibrary.Load(shim);
            NativeLibrary.SetDllImportResolver(typeof(torch).Assembly, (name, _, _) => name == "LibTorchSharp" ? handle : 0);
            torch.InitializeDeviceType(DeviceType.CPU);
        }
        catch (Exception error) when (error is DllNotFoundException or BadImageFormatException or NotSupportedException or TypeInitializationException)
        {
            throw new LibtorchException($"libtorch in {folder.Path} ({folder.Origin}) does not load: {error.Message}", error);
        }

        return new LibtorchRuntime(folder, shim, adapted);
    }

    private static string FindShim(LibtorchFolder folder)
    {
        string file = LibtorchFolder.FileNameOf("LibTorchSharp");
        string runtime = OperatingSystem.IsWindows() ? "win-x64" : OperatingSystem.IsMacOS() ? "osx-arm64" : "linux-x64";
        string[] places =
        [
            Path.Combine(AppContext.BaseDirectory, file),
            Path.Combine(AppContext.BaseDirectory, "runtimes", runtime, "native", file),
            Path.Combine(folder.Path, file),
        ];
        return Array.Find(places, File.Exists)
            ?? throw new LibtorchException($"TorchSharp's library {file} is not beside the application ({AppContext.BaseDirectory}). Reference the package TorchSharp 0.107.0 in the application.");
    }
}
