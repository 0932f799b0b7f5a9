using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace MedEmbed.Training.Libtorch;

/// <summary>TorchSharp's native library, made to load where the C++ library is older than GCC 13 (Debian 12, Ubuntu 22.04).</summary>
/// <remarks>
/// The library asks for one symbol of GLIBCXX_3.4.32, <c>std::ios_base_library_init()</c>, which GCC 13's headers mention so that the linker keeps the
/// initialiser of the standard streams; nothing calls it, and older C++ libraries run that initialiser by other means. A copy in the cache folder asks
/// for a harmless function of the same signature instead, which they all have.
/// </remarks>
internal static class OlderLibstdcppShim
{
    private const string MissingSymbol = "_ZSt21ios_base_library_initv";
    private const string MissingVersion = "GLIBCXX_3.4.32";
    private const string PresentSymbol = "_ZSt15get_new_handlerv";
    private const string PresentVersion = "GLIBCXX_3.4.20";

    /// <summary>SHA-256 of TorchSharp 0.107.0's library for linux-x64: what the change was tried on.</summary>
    private const string KnownHash = "cf33b1b0bb6bbb9754a768fb5c5d04d9f498603be50e73f55621a0b40ee608b8";

    /// <summary>Whether this system's C++ library lacks the symbol.</summary>
    public static bool IsNeeded()
    {
        if (!OperatingSystem.IsLinux() || !NativeLibrary.TryLoad("libstdc++.so.6", out nint library))
            return false;
        return !NativeLibrary.TryGetExport(library, MissingSymbol, out _);
    }

    /// <summary>The changed copy of <paramref name="original"/> under <paramref name="cacheFolder"/>, written where it is not there yet.</summary>
    /// <exception cref="LibtorchException"><paramref name="original"/> is another library than the known one, or the cache cannot be written.</exception>
    public static string Prepare(string original, string cacheFolder)
    {
        byte[] bytes = File.ReadAllBytes(original);
        string hash = Convert.ToHexStringLower(SHA256.HashData(bytes));
        if (hash != KnownHash)
        {
            throw new LibtorchException(
                $"{original} needs a newer C++ library ({MissingVersion}) than this system has, and it is not the file of TorchSharp 0.107.0 that can be adapted (SHA-256 {hash}, known: {KnownHash}). "
                + "Use TorchSharp 0.107.0, or a system with GCC 13's libstdc++ (Debian 13, Ubuntu 24.04).");
        }

        var image = new ElfImage(bytes);
        image.Rename(MissingSymbol, PresentSymbol);
        image.RenameVersion(MissingVersion, PresentVersion);
        string folder = Path.Combine(cacheFolder, "libtorch", hash[..12]);
        string copy = Path.Combine(folder, Path.GetFileName(original));
        if (File.Exists(copy) && File.ReadAllBytes(copy).AsSpan().SequenceEqual(bytes))
            return copy;
        try
        {
            Directory.CreateDirectory(folder);
            string temporary = $"{copy}.{Environment.ProcessId}.tmp";
            File.WriteAllBytes(temporary, bytes);
            File.Move(temporary, copy, overwrite: true);
            return copy;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new LibtorchException($"An adapted copy of {original} could not be written to {folder} ({error.Message}) Name another cache folder in {CacheFolder.Variable}.", error);
        }
    }
}
