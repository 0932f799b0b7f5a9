using System.Text.Json;
using MedEmbed.Synthesis.Completions;
using MedEmbed.Synthesis.Endpoint;
using MedEmbed.Synthesis.Generation;
using MedEmbed.Synthesis.Tests.Endpoint;
using Microsoft.Extensions.AI;

namespace MedEmbed.Synthesis.Tests.Generation;

/// <summary>A generation against a fake endpoint, with short waits.</summary>
public sealed class FakeRun : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public FakeRun(Func<FakeRequest, FakeReply> answer) => Server = new FakeEndpoint(answer);

    public FakeEndpoint Server { get; }

    public EndpointStatistics Statistics { get; } = new();

    public EndpointOptions Endpoint { get; set; } = null!;

    public LlmGenerationOptions Llm { get; set; } = new() { Settings = new CompletionSettings { Model = "fake" } };

    public GenerationOptions Options { get; set; } = new() { Overwrite = true };

    public string Output => _folder.File("out");

    public string Completions => _folder.File("completions.jsonl");

    public JsonElement[] Pairs => Lines("pairs.jsonl");

    public JsonElement[] Rejected => Lines("rejected.jsonl");

    public string[] StoredLines => File.Exists(Completions) ? File.ReadAllLines(Completions) : [];

    public async Task<GenerationReport> RunAsync(int notes = 1)
    {
        EndpointOptions endpoint = Endpoint ?? Defaults(Server.Address);
        using CompletionStore store = CompletionStore.Open(Completions);
        using IChatClient client = new PatientChatClient(ChatEndpoint.Create(endpoint, Llm.Settings.Model), endpoint, Statistics);
        using var source = new LlmCandidateSource(client, store, Llm);
        return await new GenerationRun(source, Options).ExecuteAsync(TestNotes.Stream(notes), Output, cancellationToken: TestContext.Current.CancellationToken);
    }

    public static EndpointOptions Defaults(Uri address) => new()
    {
        Address = address,
        RetryDelay = TimeSpan.FromMilliseconds(10),
        MaxRetryDelay = TimeSpan.FromMilliseconds(20),
        MaxRetries = 3,
        Timeout = TimeSpan.FromSeconds(30),
        StallTimeout = TimeSpan.FromSeconds(30),
    };

    public void Dispose()
    {
        Server.Dispose();
        _folder.Dispose();
    }

    private JsonElement[] Lines(string file) => [.. File.ReadAllLines(Path.Combine(Output, file)).Select(line => JsonSerializer.Deserialize<JsonElement>(line))];
}
