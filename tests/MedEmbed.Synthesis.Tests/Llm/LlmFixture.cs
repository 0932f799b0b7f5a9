using System.Diagnostics;
using System.Globalization;

namespace MedEmbed.Synthesis.Tests.Llm;

/// <summary>A small real LLM behind a loopback endpoint: node-llama-cpp, installed on first use from the lock file.</summary>
/// <remarks>Tests are skipped where node, npm or the model is missing, and fail where <c>CI=true</c>.</remarks>
public sealed class LlmFixture : IAsyncLifetime
{
    private static readonly TimeSpan InstallTime = TimeSpan.FromMinutes(5);

    private static readonly string Folder = RepositoryFiles.PathOf("tests/MedEmbed.Synthesis.Tests/Llm");

    private Process? _server;
    private string? _missing;

    private Uri? _address;

    /// <summary>The endpoint's address; skips or fails the running test where there is none.</summary>
    public Uri Require()
    {
        if (_address is not null)
            return _address;
        if (Environment.GetEnvironmentVariable("CI") == "true")
            Assert.Fail(_missing!);
        Assert.Skip(_missing!);
        return null!;
    }

    public async ValueTask InitializeAsync()
    {
        string models = Path.Combine(SharedFiles.Root, "models", "llm");
        string? model = Directory.Exists(models) ? Directory.EnumerateFiles(models, "*.gguf").Order(StringComparer.Ordinal).FirstOrDefault() : null;
        if (model is null)
            _missing = $"{models} holds no .gguf model; set MEDEMBED_SHARED to the folder that holds models/, data/ and golden/.";
        else
            _missing = await InstallAsync();
        if (_missing is null)
            await StartAsync(model!);
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is null)
            return;
        if (!_server.HasExited)
            _server.Kill(entireProcessTree: true);
        await _server.WaitForExitAsync();
        _server.Dispose();
    }

    private static async Task<string?> InstallAsync()
    {
        if (File.Exists(Path.Combine(Folder, "node_modules", ".package-lock.json")))
            return null;
        try
        {
            using Process npm = Start("npm", "ci", "--no-progress");
            using var limit = new CancellationTokenSource(InstallTime);
            Task<string> output = npm.StandardOutput.ReadToEndAsync(limit.Token);
            string error = await npm.StandardError.ReadToEndAsync(limit.Token);
            await output;
            await npm.WaitForExitAsync(limit.Token);
            return npm.ExitCode == 0 ? null : $"npm ci failed in {Folder}: {error}";
        }
        catch (System.ComponentModel.Win32Exception error)
        {
            return $"npm cannot be started ({error.Message}); install node 20 or later.";
        }
    }

    private async Task StartAsync(string model)
    {
        try
        {
            _server = Start("node", "endpoint.mjs", model);
        }
        catch (System.ComponentModel.Win32Exception error)
        {
            _missing = $"node cannot be started ({error.Message}); install node 20 or later.";
            return;
        }

        Task<string> errors = _server.StandardError.ReadToEndAsync();
        string? port = await _server.StandardOutput.ReadLineAsync();
        if (port is null)
            _missing = $"the LLM's endpoint ended: {await errors}";
        else
            _address = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}/v1"));
    }

    private static Process Start(string program, params string[] arguments) =>
        Process.Start(new ProcessStartInfo(program, arguments) { WorkingDirectory = Folder, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true })!;
}
