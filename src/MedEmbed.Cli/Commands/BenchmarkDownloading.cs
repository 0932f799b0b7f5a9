using System.CommandLine;
using System.Globalization;
using MedEmbed.Cli.CommandLine;
using MedEmbed.Cli.Progress;
using MedEmbed.Evaluation.Tasks;
using MedEmbed.Evaluation.Tasks.Downloads;
using MedEmbed.Hub;

namespace MedEmbed.Cli.Commands;

/// <summary>The part of <c>evaluate</c> that gets missing benchmarks from the hub.</summary>
internal sealed class BenchmarkDownloading
{
    public Option<bool> Download { get; } = new("--download") { Description = "First get those of the named benchmarks that --data lacks from the Hugging Face hub, checksummed. A broken download goes on where it was." };

    /// <summary>Gets what is missing; nothing without the option.</summary>
    public async Task RunAsync(CommandInvocation invocation, IEnumerable<string> tasks, string? dataFolder, CancellationToken cancellationToken)
    {
        if (!invocation.Get(Download))
            return;
        if (string.IsNullOrEmpty(dataFolder))
            throw new UsageException("--download needs --data, the folder to put the benchmarks in.");
        using var hub = new HubClient(HubOptions.FromEnvironment(invocation.Environment.Variable));
        var download = new BenchmarkDownload(hub, dataFolder);
        foreach (Benchmark benchmark in TaskSelection.Missing(tasks, dataFolder))
        {
            DownloadedBenchmark downloaded = await invocation.Progress
                .RunAsync($"{benchmark.Name}  {benchmark.HubId}", progress => download.RunAsync(benchmark, new PullProgress(progress), cancellationToken)).ConfigureAwait(false);
            invocation.Progress.Note(string.Create(
                CultureInfo.InvariantCulture,
                $"{benchmark.Name}: {downloaded.Bytes / 1e6:N1} MB of {benchmark.HubId} at commit {downloaded.Commit} are in {downloaded.Folder}. {Agreement(downloaded.Agreement)} Licence: {benchmark.Licence}."));
        }
    }

    private static string Agreement(DataAgreement agreement) => agreement switch
    {
        DataAgreement.RegisteredCopy => "Its content is that of the registered copy.",
        DataAgreement.OfficialStatistics => "Its counts and text lengths are those that MTEB states.",
        _ => "Its content is NOT what MTEB states (documents, queries, judgments or text lengths differ); results will say so.",
    };
}
