using System.Diagnostics;
using MedEmbed.Retrieval.CrashHost;

namespace MedEmbed.Retrieval.Tests.Flat;

/// <summary>A process of its own that writes to an index until it ends or is killed.</summary>
internal sealed class CrashProcess : IDisposable
{
    private readonly Process _process;

    public CrashProcess(string command, string folder, int count)
    {
        string host = Path.ChangeExtension(typeof(CrashScript).Assembly.Location, ".dll");
        _process = Process.Start(new ProcessStartInfo(Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) == "dotnet" ? path : "dotnet")
        {
            ArgumentList = { "exec", host, command, folder, count.ToString(System.Globalization.CultureInfo.InvariantCulture) },
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
    }

    /// <summary>The next line of its output; null at the end.</summary>
    public string? ReadLine() => _process.StandardOutput.ReadLine();

    /// <summary>SIGKILL on Unix: the process gets no chance to tidy up.</summary>
    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    public (int ExitCode, string Output, string Error) Finish()
    {
        string output = _process.StandardOutput.ReadToEnd();
        string error = _process.StandardError.ReadToEnd();
        _process.WaitForExit();
        return (_process.ExitCode, output, error);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            Kill();
        _process.Dispose();
    }
}
