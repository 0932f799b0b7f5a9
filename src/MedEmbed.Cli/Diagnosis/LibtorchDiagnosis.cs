using MedEmbed.Training.Libtorch;

namespace MedEmbed.Cli.Diagnosis;

/// <summary>Whether training can run here: libtorch is no part of the command, and nothing else needs it.</summary>
internal static class LibtorchDiagnosis
{
    private const string Name = "libtorch";

    public static Finding Run(Func<string, string?> environment)
    {
        try
        {
            LibtorchFolder found = LibtorchFolder.Find(environment);
            var loaded = LibtorchRuntime.Load();
            string shim = loaded.IsAdapted ? $"; TorchSharp's library as a copy adapted to this system's older libstdc++, {loaded.Shim}" : "";
            return new(Name, FindingStatus.Good, $"{LibtorchFolder.Version} loads from {found.Path} ({found.Origin}){(loaded.HasCuda ? ", with CUDA" : "")}{shim}.");
        }
        catch (LibtorchException error)
        {
            return new(Name, FindingStatus.Note, $"only \"medembed train\" needs it: {error.Message}");
        }
    }
}
