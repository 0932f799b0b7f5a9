using System.CommandLine;
using MedEmbed.Cli.CommandLine;
using MedEmbed.Data.Outputs;
using MedEmbed.Evaluation.Leaderboards;
using MedEmbed.Evaluation.Significance;

namespace MedEmbed.Cli.Commands;

/// <summary>Result files to a leaderboard, significance tests and charts.</summary>
internal sealed class CompareCommand : CliCommand
{
    private readonly Argument<string[]> _results = new("RESULTS") { Description = "Result files or folders of them, written by \"evaluate\" or by MTEB.", Arity = ArgumentArity.OneOrMore };
    private readonly Option<string> _output = new("--output", "-o") { Description = "Folder for leaderboard.html, .md, .tex, .json and charts/.", Required = true };
    private readonly Option<bool> _overwrite = new("--overwrite") { Description = "Replace a finished output." };
    private readonly Option<string?> _published = new("--published") { Description = "File of published scores to show beside these, such as results/published.json." };
    private readonly Option<string[]> _metrics = new("--metrics")
    {
        Description = "Metrics shown, as the result files name them; the first ranks and is tested.",
        AllowMultipleArgumentsPerToken = true,
        DefaultValueFactory = static _ => [.. LeaderboardOptions.Default.Metrics],
    };

    private readonly Option<string> _correction = new Option<string>("--correction") { Description = "Correction of p-values for many comparisons.", DefaultValueFactory = static _ => "holm" }.AcceptOnlyFromAmong("holm", "bh");
    private readonly Option<double> _level = new("--significance-level") { Description = "Corrected p-values below it are significant.", DefaultValueFactory = static _ => LeaderboardOptions.Default.SignificanceLevel };
    private readonly Option<int> _draws = new("--draws") { Description = "Random draws of each test and interval.", DefaultValueFactory = static _ => SignificanceOptions.Default.Permutations };
    private readonly Option<ulong> _seed = new("--seed") { Description = "Seed of the draws.", DefaultValueFactory = static _ => SignificanceOptions.Default.Seed };

    public CompareCommand() => Definition = new Command("compare", "Compare results: leaderboard, head-to-head wins, significance, charts.")
    {
        _results, _output, _overwrite, _published, _metrics, _correction, _level, _draws, _seed,
    };

    public override Command Definition { get; }

    public override string[] Examples =>
    [
        "medembed compare results --published results/published.json --output comparison",
        "medembed compare results/bge-small-en-v1.5 results/bm25 --metrics ndcg_at_10,recall_at_100 --output comparison",
    ];

    public override Task<int> RunAsync(CommandInvocation invocation, CancellationToken cancellationToken)
    {
        string output = invocation.Require(_output);
        bool overwrite = invocation.Get(_overwrite);
        if (!overwrite && Directory.Exists(output) && Directory.EnumerateFileSystemEntries(output).Any())
            throw new OutputExistsException(output);
        Leaderboard leaderboard = Leaderboard.Read(invocation.Get(_results)!, OptionsOf(invocation), cancellationToken);
        foreach (string file in leaderboard.PassedOver)
            invocation.Progress.Note($"{file}: passed over; it has no \"task_name\" and \"scores\".");
        LeaderboardFolder.Write(leaderboard, output, overwrite, cancellationToken);
        if (invocation.Json)
            invocation.Summarize(new { Output = output, Systems = leaderboard.Rows.Count, Tasks = leaderboard.Tasks.Select(static task => task.Title), Comparisons = leaderboard.Comparisons.Count });
        else
            invocation.Environment.Output.Write(LeaderboardFolder.ConsoleText(leaderboard));
        invocation.Progress.Note(Path.Combine(output, "leaderboard.html"));
        return Task.FromResult(ExitCode.Done);
    }

    private LeaderboardOptions OptionsOf(CommandInvocation invocation)
    {
        int draws = invocation.Get(_draws);
        return new LeaderboardOptions
        {
            Metrics = [.. invocation.Get(_metrics)!.SelectMany(static metrics => metrics.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))],
            PublishedFile = invocation.Get(_published),
            Correction = invocation.Get(_correction) == "bh" ? PValueCorrection.BenjaminiHochberg : PValueCorrection.Holm,
            SignificanceLevel = invocation.Get(_level),
            Significance = new SignificanceOptions { Permutations = draws, Resamples = draws, Seed = invocation.Get(_seed) },
        };
    }
}
