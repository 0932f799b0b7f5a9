using System.Globalization;
using MedEmbed.Cli.CommandLine;
using MedEmbed.Synthesis.Completions;
using MedEmbed.Synthesis.Endpoint;
using MedEmbed.Synthesis.Generation;

namespace MedEmbed.Cli.Generation;

/// <summary>A generation that asks an endpoint: its client, its store of completions, its counts.</summary>
internal sealed class EndpointGeneration : IDisposable
{
    private readonly EndpointOptions _endpoint;
    private readonly LlmGenerationOptions _options;
    private readonly CompletionStore _store;
    private readonly PatientChatClient _client;
    private readonly long _started = TimeProvider.System.GetTimestamp();

    public EndpointGeneration(EndpointOptions endpoint, LlmGenerationOptions options, string completions, bool tellMessages)
    {
        (_endpoint, _options) = (endpoint, options);
        EndpointGuard.Require(endpoint);
        _store = CompletionStore.Open(completions);
        _client = new PatientChatClient(ChatEndpoint.Create(endpoint, options.Settings.Model), endpoint, Statistics, tellMessages);
        Source = new LlmCandidateSource(_client, _store, options);
    }

    public LlmCandidateSource Source { get; }

    public EndpointStatistics Statistics { get; } = new();

    /// <summary>Says what leaves the machine, and what is there already.</summary>
    public void Announce(CommandInvocation invocation)
    {
        if (!EndpointGuard.IsLocal(_endpoint.Address))
            invocation.Progress.Note(EndpointGuard.WhatLeaves(_endpoint.Address));
        if (_store.Count > 0)
            invocation.Progress.Note(string.Create(CultureInfo.InvariantCulture, $"{_store.Path}: {_store.Count:N0} completions are stored; what they answer is not asked again."));
    }

    public void NoteKept(CommandInvocation invocation) =>
        invocation.Progress.Note(string.Create(CultureInfo.InvariantCulture, $"{_store.Path}: {_store.Count:N0} completions are kept; the same command goes on from there."));

    /// <summary>Adds to the report what was asked, and what happened on the way (<c>run</c>, which differs from run to run).</summary>
    public void Describe(IDictionary<string, object?> description, decimal? cost)
    {
        description["llm"] = new
        {
            _options.Settings.Model,
            Prompts = _options.Prompts.Version,
            Mix = _options.Mix.ToString(),
            _options.Settings.Temperature,
            _options.Settings.MaxTokens,
            _options.Settings.Seed,
            JsonMode = _options.Settings.JsonMode.ToString().ToLowerInvariant(),
        };
        description["run"] = new
        {
            Source.CompletionsFound,
            Source.CompletionsAsked,
            Statistics.Requests,
            Failures = Failures(),
            Statistics.InputTokens,
            Statistics.OutputTokens,
            Cost = cost,
            Seconds = Math.Round(TimeProvider.System.GetElapsedTime(_started).TotalSeconds, 1),
        };
    }

    /// <summary>Failures of requests by kind.</summary>
    public SortedDictionary<string, long> Failures() =>
        new(Statistics.Failures.ToDictionary(static entry => System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName(entry.Key.ToString()), static entry => entry.Value), StringComparer.Ordinal);

    public void Dispose()
    {
        Source.Dispose();
        _client.Dispose();
        _store.Dispose();
    }
}
