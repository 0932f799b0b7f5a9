using System.Text.Json;
using MedEmbed.Cli.Tests.Running;
using MedEmbed.Synthesis.Tests.Endpoint;
using MedEmbed.Synthesis.Tests.Generation;
using MedEmbed.Synthesis.Tests.Lexical;

namespace MedEmbed.Cli.Tests.Generation;

public sealed class GenerateTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Medembed _medembed;
    private readonly string _notes;

    public GenerateTests()
    {
        _medembed = new Medembed(_folder.File("cache"));
        _notes = NoteFile.Write(_folder.File("notes.jsonl"), 5);
    }

    private string Output => _folder.File("out");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task AnEndpointGivesPairsReportAndSummary()
    {
        using var server = new FakeEndpoint(Good);
        CommandResult result = (await Ask(server, "--json", "--input-price", "100000", "--output-price", "200000")).Expect(0);
        Assert.Equal((5, 10), (result.Json.GetProperty("notes").GetInt32(), result.Json.GetProperty("pairs").GetInt32()));
        Assert.Equal(5 * (1 + 1), result.Json.GetProperty("cost").GetDecimal());
        Assert.Equal(10, File.ReadLines(Path.Combine(Output, "pairs.jsonl")).Count());
        JsonElement report = JsonSerializer.Deserialize<JsonElement>(File.ReadAllText(Path.Combine(Output, "report.json")));
        Assert.StartsWith("1+", report.GetProperty("llm").GetProperty("prompts").GetString(), StringComparison.Ordinal);
        Assert.Equal(5, report.GetProperty("run").GetProperty("completions_asked").GetInt32());
        Assert.DoesNotContain("cough", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AFinishedOutputNeedsOverwriteAndIsThenFree()
    {
        using var server = new FakeEndpoint(Good);
        (await Ask(server)).Expect(0);
        string pairs = File.ReadAllText(Path.Combine(Output, "pairs.jsonl"));
        Assert.Contains("--overwrite", (await Ask(server)).ExpectUsageError(), StringComparison.Ordinal);
        CommandResult again = (await Ask(server, "--overwrite")).Expect(0);
        Assert.Contains("5 completions are stored", again.Error, StringComparison.Ordinal);
        Assert.Equal(5, server.Requests.Count);
        Assert.Equal(pairs, File.ReadAllText(Path.Combine(Output, "pairs.jsonl")));
    }

    [Fact]
    public async Task TextsAreToldOnlyWhereThatIsAskedFor()
    {
        using var server = new FakeEndpoint(request => request.Number % 2 == 0 ? FakeReply.Text("the cough is dry") : Good(request));
        Assert.DoesNotContain("cough", (await Ask(server)).Expect(0).Error, StringComparison.Ordinal);
        Assert.Contains("cough", (await Ask(server, "--overwrite", "--log-text")).Expect(0).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnotherMachineNeedsAllowRemote()
    {
        string error = (await _medembed.RunAsync("generate", "--notes", _notes, "--output", Output, "--endpoint", "http://192.0.2.7:8000/v1", "--llm", "m")).ExpectUsageError();
        Assert.Contains("--allow-remote", error, StringComparison.Ordinal);
        Assert.Contains("the full text of every note", error, StringComparison.Ordinal);
        Assert.False(Path.Exists(Output));
    }

    [Fact]
    public async Task TheKeyComesFromTheEnvironmentAndGoesNowhereUnasked()
    {
        using var server = new FakeEndpoint(Good);
        Medembed with = _medembed.With("OPENAI_API_KEY", "k-elsewhere").With("MY_KEY", "k-mine");
        (await with.RunAsync("generate", "--notes", _notes, "--output", Output, "--endpoint", server.Address.ToString(), "--llm", "m")).Expect(0);
        Assert.All(server.Requests, request => Assert.False(request.Headers.ContainsKey("Authorization")));
        server.Requests.Clear();
        (await with.RunAsync("generate", "--notes", _notes, "--output", Output, "--endpoint", server.Address.ToString(), "--llm", "m2", "--api-key-variable", "MY_KEY", "--overwrite")).Expect(0);
        Assert.All(server.Requests, request => Assert.Equal("Bearer k-mine", request.Headers["Authorization"]));
        string error = (await _medembed.RunAsync("generate", "--notes", _notes, "--output", Output, "--endpoint", server.Address.ToString(), "--llm", "m", "--api-key-variable", "NONE", "--overwrite")).ExpectUsageError();
        Assert.Contains("NONE is not set", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OfflinePairsAreMarked()
    {
        CommandResult result = (await _medembed.RunAsync("generate", "--notes", _notes, "--output", Output, "--offline", "--json")).Expect(0);
        Assert.True(result.Json.GetProperty("pairs").GetInt32() > 0);
        Assert.All(File.ReadLines(Path.Combine(Output, "pairs.jsonl")), line => Assert.Contains("offline-rules", line, StringComparison.Ordinal));
    }

    [Fact]
    public async Task ABatchIsWrittenReadAndAskedAgain()
    {
        string requests = _folder.File("requests.jsonl"), responses = _folder.File("responses.jsonl"), again = _folder.File("again.jsonl");
        (await _medembed.RunAsync("generate", "--notes", _notes, "--llm", "m", "--write-batch", requests)).Expect(0);
        Assert.Equal(5, File.ReadLines(requests).Count());
        File.WriteAllLines(responses, Enumerable.Range(0, 4).Select(i => JsonSerializer.Serialize(new
        {
            custom_id = FormattableString.Invariant($"n{i}"),
            response = new { status_code = 200, body = new { choices = new[] { new { message = new { content = TestNotes.Answer(TestNotes.Note(i).Text) } } } } },
        })));
        CommandResult result = (await _medembed.RunAsync("generate", "--notes", _notes, "--llm", "m", "--read-batch", responses, "--write-batch", again, "--output", Output, "--json")).Expect(0);
        Assert.Equal((8, 1), (result.Json.GetProperty("pairs").GetInt32(), result.Json.GetProperty("parts_without_answer").GetInt32()));
        Assert.Contains("\"n4\"", File.ReadAllLines(again).Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task PromptsAreExportedEditedAndUsed()
    {
        using var server = new FakeEndpoint(Good);
        string prompts = _folder.File("prompts");
        (await _medembed.RunAsync("generate", "--export-prompts", prompts)).Expect(0);
        File.WriteAllText(Path.Combine(prompts, "VERSION"), "mine\n");
        (await Ask(server, "--prompts", prompts, "--mix", "lay=1")).Expect(0);
        Assert.All(File.ReadLines(Path.Combine(Output, "pairs.jsonl")), line => Assert.Contains("prompts:mine+", line, StringComparison.Ordinal));
        Assert.DoesNotContain("of type keyword", server.Requests.First().Messages[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task TheSampleIsThatOfTheSeed()
    {
        string[] first = await SampleAsync("1"), again = await SampleAsync("1"), other = await SampleAsync("8");
        Assert.Equal(first, again);
        Assert.NotEqual(first, other);

        async Task<string[]> SampleAsync(string seed)
        {
            string batch = _folder.File($"sample-{seed}.jsonl");
            (await _medembed.RunAsync("generate", "--notes", _notes, "--llm", "m", "--write-batch", batch, "--sample", "2", "--seed", seed, "--overwrite")).Expect(0);
            return [.. File.ReadLines(batch).Select(line => JsonSerializer.Deserialize<JsonElement>(line).GetProperty("custom_id").GetString()!)];
        }
    }

    [Fact]
    public async Task TerminologiesGiveTheKindsOfPairsAskedFor()
    {
        string terms = Terminologies.WriteAll(_folder);
        string[] command = ["generate", "--lexical", terms, "--output", Output];
        CommandResult result = (await _medembed.RunAsync([.. command, "--lexical-kinds", "code", "abbreviation", "--lexical-codes", "icd-10", "nci", "--json"])).Expect(0);
        JsonElement byType = result.Json.GetProperty("by_type");
        Assert.Equal(["abbreviation", "code"], byType.EnumerateObject().Select(type => type.Name));
        string[] pairs = File.ReadAllLines(Path.Combine(Output, "pairs.jsonl"));
        Assert.Equal(result.Json.GetProperty("pairs").GetInt32(), pairs.Length);
        Assert.Contains(pairs, line => line.Contains("gout: NCI Thesaurus C34650", StringComparison.Ordinal));
        Assert.Contains("disease_ontology.v1.jsonl: 3 terms.", result.Error, StringComparison.Ordinal);
        Assert.Contains("--overwrite", (await _medembed.RunAsync(command)).ExpectUsageError(), StringComparison.Ordinal);

        (await _medembed.RunAsync([.. command, "--overwrite", "--lexical-group", "siblings"])).Expect(0);
        Assert.Contains(File.ReadLines(Path.Combine(Output, "pairs.jsonl")), line => line.Contains("\"note_id\":\"DOID:9/name\"", StringComparison.Ordinal));
        File.AppendAllText(Path.Combine(terms, "abbr.jsonl"), "{\"abbreviation\":\"BP\"}\n");
        Assert.Contains("abbr.jsonl:5: field \"expansion\" is missing", (await _medembed.RunAsync([.. command, "--overwrite"])).ExpectUsageError(), StringComparison.Ordinal);
        Assert.Contains("1 faulty lines left out", (await _medembed.RunAsync([.. command, "--overwrite", "--skip-bad-lines"])).Expect(0).Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("one of --endpoint", "--lexical", "terms", "--offline")]
    [InlineData("leave --notes out", "--lexical", "terms", "--notes", "n.jsonl")]
    [InlineData("there is no such folder", "--lexical", "no-such-folder")]
    [InlineData("holds no terminology", "--lexical", ".")]
    [InlineData("--lexical-kinds must be among synonym, definition, code, abbreviation, not \"codes\"", "--lexical", ".", "--lexical-kinds", "codes")]
    [InlineData("--lexical-codes must be among icd-10, icd-9", "--lexical", ".", "--lexical-codes", "icd11")]
    [InlineData("'family'", "--lexical", ".", "--lexical-group", "family")]
    public async Task WrongUsageOfTerminologiesIsSaid(string problem, params string[] arguments)
    {
        string[] given = [.. arguments.Select(argument => argument == "." ? Directory.CreateDirectory(_folder.File("empty")).FullName : argument)];
        Assert.Contains(problem, (await _medembed.RunAsync(["generate", "--output", Output, .. given])).ExpectUsageError(), StringComparison.Ordinal);
        Assert.False(Path.Exists(Output));
    }

    [Theory]
    [InlineData("one of --endpoint")]
    [InlineData("one of --endpoint", "--offline", "--read-batch", "x")]
    [InlineData("--llm is missing", "--endpoint", "http://localhost:1/v1")]
    [InlineData("must be an http or https address", "--endpoint", "nonsense", "--llm", "m")]
    [InlineData("query mix", "--endpoint", "http://localhost:1/v1", "--llm", "m", "--mix", "essays=3")]
    [InlineData("--min-grounding must be a number from 0 to 1", "--offline", "--min-grounding", "2")]
    public async Task WrongUsageIsSaid(string problem, params string[] arguments) =>
        Assert.Contains(problem, (await _medembed.RunAsync(["generate", "--notes", _notes, "--output", Output, .. arguments])).ExpectUsageError(), StringComparison.Ordinal);

    private Task<CommandResult> Ask(FakeEndpoint server, params string[] arguments) =>
        _medembed.RunAsync(["generate", "--notes", _notes, "--output", Output, "--endpoint", server.Address.ToString(), "--llm", "fake", .. arguments]);

    private static FakeReply Good(FakeRequest request) => FakeReply.Text(TestNotes.Answer(request.Messages[1]));
}
