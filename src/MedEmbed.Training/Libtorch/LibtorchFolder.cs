using System.Runtime.InteropServices;

namespace MedEmbed.Training.Libtorch;

/// <summary>Where libtorch's native files lie.</summary>
/// <param name="Path">The folder of the native libraries.</param>
/// <param name="Origin">Why this folder: the variable, the application, or NuGet's folder.</param>
public sealed record LibtorchFolder(string Path, string Origin)
{
    /// <summary>The variable that names the folder outright.</summary>
    public const string Variable = "MEDEMBED_LIBTORCH";

    /// <summary>The version of libtorch that TorchSharp is built against.</summary>
    public const string Version = "2.10.0";

    /// <summary>The file every libtorch has, in this system's naming.</summary>
    internal static string MainLibrary => FileNameOf("torch_cpu");

    private static string RuntimeIdentifier => RuntimeInformation.RuntimeIdentifier switch
    {
        _ when OperatingSystem.IsWindows() => RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? "win-arm64" : "win-x64",
        _ when OperatingSystem.IsMacOS() => "osx-arm64",
        _ => "linux-x64",
    };

    /// <summary>Looks in <c>MEDEMBED_LIBTORCH</c>, beside the application, and in NuGet's folder, in this order.</summary>
    /// <param name="environment">Gives a variable's value, or null.</param>
    /// <exception cref="LibtorchException">It is nowhere, or the variable names a folder without it.</exception>
    public static LibtorchFolder Find(Func<string, string?> environment)
    {
        ArgumentNullException.ThrowIfNull(environment);
        if (environment(Variable) is { Length: > 0 } set)
        {
            foreach (string folder in (string[])[set, System.IO.Path.Combine(set, "lib"), System.IO.Path.Combine(set, "runtimes", RuntimeIdentifier, "native")])
            {
                if (Holds(folder))
                    return new(System.IO.Path.GetFullPath(folder), Variable);
            }

            throw new LibtorchException($"{Variable} names {set}, where there is no {MainLibrary}. Name the folder of libtorch {Version}'s libraries, or unset the variable.");
        }

        string[] beside = [AppContext.BaseDirectory, System.IO.Path.Combine(AppContext.BaseDirectory, "runtimes", RuntimeIdentifier, "native")];
        if (Array.Find(beside, Holds) is { } application)
            return new(application, "the application's folder");
        string packages = PackageFolder(environment);
        string package = $"libtorch-cpu-{RuntimeIdentifier}";
        string native = System.IO.Path.Combine(packages, package, Version, "runtimes", RuntimeIdentifier, "native");
        if (Holds(native))
            return new(native, "NuGet's folder");
        throw new LibtorchException(
            $"libtorch {Version} is not here: {Variable} is not set, and neither {AppContext.BaseDirectory} nor {native} has {MainLibrary}. "
            + $"Get it with NuGet (dotnet add package {package} --version {Version}, in any project), "
            + $"or copy that package's runtimes/{RuntimeIdentifier}/native folder from another machine and name it in {Variable}.");
    }

    /// <summary>The file name of library <paramref name="name"/> on this system.</summary>
    internal static string FileNameOf(string name) => OperatingSystem.IsWindows() ? $"{name}.dll" : OperatingSystem.IsMacOS() ? $"lib{name}.dylib" : $"lib{name}.so";

    private static bool Holds(string folder) => File.Exists(System.IO.Path.Combine(folder, MainLibrary));

    private static string PackageFolder(Func<string, string?> environment)
    {
        if (environment("NUGET_PACKAGES") is { Length: > 0 } set)
            return set;
        string home = environment("HOME") is { Length: > 0 } given ? given : Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        return System.IO.Path.Combine(home, ".nuget", "packages");
    }
}
