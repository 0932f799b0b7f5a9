using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace MedEmbed.Evaluation.Results;

/// <summary>Hardware and versions of a run.</summary>
public sealed record Machine
{
    private static readonly string[] Libraries = ["Microsoft.ML.OnnxRuntime", "Lucene.Net", "TorchSharp"];

    /// <summary>The processor's name; its architecture where the system does not tell.</summary>
    public required string Processor { get; init; }

    /// <summary>Logical processors this process may use.</summary>
    public required int Cores { get; init; }

    /// <summary>Bits of the widest vector registers that .NET uses.</summary>
    public required int VectorBits { get; init; }

    /// <summary>The operating system.</summary>
    public required string OperatingSystem { get; init; }

    /// <summary>Versions by name: of this toolkit, of .NET, and of the libraries in use.</summary>
    public required IReadOnlyDictionary<string, string> Versions { get; init; }

    /// <summary>This toolkit's version.</summary>
    public static string ToolkitVersion { get; } =
        typeof(Machine).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    /// <summary>The machine at hand.</summary>
    public static Machine Current() => new()
    {
        Processor = ProcessorName() ?? RuntimeInformation.ProcessArchitecture.ToString(),
        Cores = Environment.ProcessorCount,
        VectorBits = Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : 128,
        OperatingSystem = RuntimeInformation.OSDescription,
        Versions = VersionsInUse(),
    };

    private static SortedDictionary<string, string> VersionsInUse()
    {
        var versions = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["medembed"] = ToolkitVersion,
            ["dotnet"] = Environment.Version.ToString(),
        };
        foreach (AssemblyName library in AppDomain.CurrentDomain.GetAssemblies().Select(assembly => assembly.GetName()))
        {
            if (Libraries.Contains(library.Name, StringComparer.Ordinal))
                versions[library.Name!] = library.Version?.ToString(3) ?? "unknown";
        }

        return versions;
    }

    private static string? ProcessorName()
    {
        const string Source = "/proc/cpuinfo";
        string? line = File.Exists(Source) ? File.ReadLines(Source).FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal)) : null;
        return line?[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim();
    }
}
