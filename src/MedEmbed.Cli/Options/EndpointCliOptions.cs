using System.CommandLine;
using MedEmbed.Cli.CommandLine;
using MedEmbed.Synthesis.Endpoint;

namespace MedEmbed.Cli.Options;

/// <summary>Options of where an LLM answers and how patiently it is asked.</summary>
internal sealed class EndpointCliOptions
{
    private const string DefaultKeyVariable = "OPENAI_API_KEY";

    private readonly Option<string?> _keyVariable = new("--api-key-variable") { Description = $"Environment variable of the key; by default {DefaultKeyVariable}, and none for this machine." };
    private readonly Option<bool> _allowRemote = new("--allow-remote") { Description = "Let the text of notes go to another machine." };
    private readonly Option<int?> _concurrency = NumberOption.Create("--concurrency", "Requests at once, by default 4.", maximum: 1024);
    private readonly Option<int?> _retries = NumberOption.Create("--retries", "Further attempts after a failure that may pass, by default 5.", minimum: 0, maximum: 100);
    private readonly Option<int?> _timeout = NumberOption.Create("--timeout", "Seconds until an answer begins, by default 300.");
    private readonly Option<int?> _stallTimeout = NumberOption.Create("--stall-timeout", "Seconds between two pieces of a streamed answer, by default 60.");
    private readonly Option<bool> _noStream = new("--no-stream") { Description = "Wait for whole answers, for endpoints that cannot stream." };
    private readonly Option<int?> _requests = NumberOption.Create("--requests-per-minute", "Requests a minute at most.");
    private readonly Option<int?> _tokens = NumberOption.Create("--tokens-per-minute", "Tokens a minute at most, answers taken at their longest.");

    public Option<string?> Address { get; } = new("--endpoint") { Description = "Base address of an OpenAI-compatible API, such as http://localhost:8000/v1." };

    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])[Address, _keyVariable, _allowRemote, _concurrency, _retries, _timeout, _stallTimeout, _noStream, _requests, _tokens])
            command.Options.Add(option);
    }

    public EndpointOptions Of(CommandInvocation invocation)
    {
        if (!Uri.TryCreate(invocation.Get(Address), UriKind.Absolute, out Uri? address))
            throw new UsageException("--endpoint must be an http or https address, such as http://localhost:8000/v1.");
        var options = new EndpointOptions
        {
            Address = address,
            AllowRemote = invocation.Get(_allowRemote),
            Stream = !invocation.Get(_noStream),
            RequestsPerMinute = invocation.Get(_requests),
            TokensPerMinute = invocation.Get(_tokens),
            ApiKey = KeyOf(invocation, address),
        };
        if (invocation.Get(_concurrency) is { } concurrency)
            options = options with { Concurrency = concurrency };
        if (invocation.Get(_retries) is { } retries)
            options = options with { MaxRetries = retries };
        if (invocation.Get(_timeout) is { } timeout)
            options = options with { Timeout = TimeSpan.FromSeconds(timeout) };
        return invocation.Get(_stallTimeout) is { } stall ? options with { StallTimeout = TimeSpan.FromSeconds(stall) } : options;
    }

    // A key for somewhere else is not shown to whatever listens on this machine.
    private string? KeyOf(CommandInvocation invocation, Uri address)
    {
        string? variable = invocation.Get(_keyVariable);
        if (variable is null && EndpointGuard.IsLocal(address))
            return null;
        string? key = invocation.Environment.Variable(variable ?? DefaultKeyVariable);
        return string.IsNullOrEmpty(key) && variable is not null ? throw new UsageException($"The environment variable {variable} is not set; put the endpoint's key there.") : key;
    }
}
