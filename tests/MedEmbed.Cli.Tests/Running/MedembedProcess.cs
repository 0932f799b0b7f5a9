using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace MedEmbed.Cli.Tests.Running;

/// <summary>The real executable, for signals, exit codes, pipes and cultures.</summary>
public sealed partial class MedembedProcess : IDisposable
{
    private const int Interrupt = 2;

    private readonly Process _process;
    private readonly Task<byte[]> _output;
    private readonly Task<string> _error;

    private MedembedProcess(Process process)
    {
        _process = process;
        _output = ReadAsync(process.StandardOutput.BaseStream);
        _error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
    }

    public static string Program { get; } = Path.Combine(AppContext.BaseDirectory, "MedEmbed.Cli.dll");

    public static MedembedProcess Start(string cacheFolder, string[] arguments, params (string Name, string Value)[] variables) =>
        new(Run("dotnet", [Program, .. arguments], cacheFolder, variables));

    /// <summary>Runs a line of the shell, in which <c>$medembed</c> is the command.</summary>
    public static MedembedProcess StartShell(string cacheFolder, string line) =>
        new(Run("sh", ["-c", line], cacheFolder, [("medembed", $"dotnet {Program}")]));

    public bool HasExited => _process.HasExited;

    public async Task<CommandResult> FinishAsync()
    {
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return new CommandResult(_process.ExitCode, await _output, await _error);
    }

    public void SendInterrupt() => Assert.Equal(0, Kill(_process.Id, Interrupt));

    /// <summary>Ends it at once, as <c>kill -9</c> does.</summary>
    public void Kill() => _process.Kill();

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.Dispose();
    }

    private static Process Run(string program, string[] arguments, string cacheFolder, (string Name, string Value)[] variables)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        start.Environment["MEDEMBED_CACHE"] = cacheFolder;
        start.Environment["MEDEMBED_OFFLINE"] = "1";
        foreach ((string name, string value) in variables)
            start.Environment[name] = value;
        Process process = Process.Start(start) ?? throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"{program} did not start"));
        process.StandardInput.Close();
        return process;
    }

    private static async Task<byte[]> ReadAsync(Stream stream)
    {
        using var content = new MemoryStream();
        await stream.CopyToAsync(content, TestContext.Current.CancellationToken);
        return content.ToArray();
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int process, int signal);
}
