using System.Diagnostics;
using System.Text.Json;

namespace MedEmbed.Benchmarks.Tokenization;

/// <summary>Node with the Hugging Face tokenizers build (<c>reference.mjs</c>), asked one thing at a time.</summary>
internal sealed class ReferenceProcess : IDisposable
{
    private readonly Process _process;

    /// <param name="folder">Where <c>reference.mjs</c> stands.</param>
    /// <param name="threads">Threads its batches use; null for all.</param>
    public ReferenceProcess(string folder, int? threads)
    {
        ProcessStartInfo start = new("node") { WorkingDirectory = folder, RedirectStandardInput = true, RedirectStandardOutput = true };
        start.ArgumentList.Add("--expose-gc");
        start.ArgumentList.Add("--max-old-space-size=8192");
        start.ArgumentList.Add("reference.mjs");
        start.Environment["TOKENIZERS_PARALLELISM"] = "true";
        if (threads is { } count)
            start.Environment["RAYON_NUM_THREADS"] = count.ToString(System.Globalization.CultureInfo.InvariantCulture);
        _process = Process.Start(start)!;
    }

    public async Task<JsonElement> AskAsync(object request)
    {
        await _process.StandardInput.WriteLineAsync(JsonSerializer.Serialize(request));
        await _process.StandardInput.FlushAsync();
        string line = await _process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("node ended; its error stands above.");
        JsonElement answer = JsonSerializer.Deserialize<JsonElement>(line);
        return answer.TryGetProperty("error", out JsonElement error) ? throw new InvalidOperationException(error.GetString()) : answer;
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }
}
