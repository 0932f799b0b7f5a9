using System.CommandLine;
using MedEmbed.Cli.CommandLine;
using MedEmbed.Synthesis.Endpoint;

namespace MedEmbed.Cli.Options;

/// <summary>What an endpoint's tokens cost.</summary>
internal sealed class PriceOptions
{
    private const decimal Million = 1_000_000;

    private readonly Option<decimal?> _input = new("--input-price") { Description = "Price of a million tokens of requests, for the count of costs." };
    private readonly Option<decimal?> _output = new("--output-price") { Description = "Price of a million tokens of answers, for the count of costs." };

    public void AddTo(Command command)
    {
        command.Options.Add(_input);
        command.Options.Add(_output);
    }

    /// <summary>What this run has cost so far; null where no price is given.</summary>
    public decimal? CostOf(CommandInvocation invocation, EndpointStatistics statistics) =>
        invocation.Get(_input) is null && invocation.Get(_output) is null
            ? null
            : ((invocation.Get(_input) ?? 0) * statistics.InputTokens + (invocation.Get(_output) ?? 0) * statistics.OutputTokens) / Million;
}
