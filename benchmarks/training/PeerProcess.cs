using System.Diagnostics;
using System.Globalization;

namespace MedEmbed.Benchmarks.Training;

/// <summary>PyTorch in a process of its own, which takes a step when it is told to.</summary>
internal sealed class PeerProcess : IDisposable
{
    private readonly Process _process;

    public PeerProcess(string python, string folder, string model, int threads, int queries)
    {
        var start = new ProcessStartInfo(python, ["peer.py", model, threads.ToString(CultureInfo.InvariantCulture), queries.ToString(CultureInfo.InvariantCulture)])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            WorkingDirectory = folder,
        };
        start.Environment["OMP_NUM_THREADS"] = threads.ToString(CultureInfo.InvariantCulture);
        _process = Process.Start(start) ?? throw new InvalidOperationException($"{python} does not start.");
        Version = _process.StandardOutput.ReadLine() ?? throw new InvalidOperationException("The peer ended early.");
    }

    public string Version { get; }

    /// <summary>Seconds of one step in <paramref name="precision"/>, <c>f32</c> or <c>bf16</c>.</summary>
    public double Step(string precision)
    {
        _process.StandardInput.WriteLine(precision);
        _process.StandardInput.Flush();
        string answer = _process.StandardOutput.ReadLine() ?? throw new InvalidOperationException("The peer ended early.");
        return double.Parse(answer, CultureInfo.InvariantCulture);
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }
}
