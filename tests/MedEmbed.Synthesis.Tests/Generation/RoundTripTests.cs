using System.Text.Json;
using MedEmbed.Synthesis.Candidates;
using MedEmbed.Synthesis.Generation;
using MedEmbed.Synthesis.Notes;

namespace MedEmbed.Synthesis.Tests.Generation;

public sealed class RoundTripTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task AQueryThatFindsOtherResponsesIsRejected()
    {
        GenerationReport report = await new GenerationRun(new Vague(), new GenerationOptions { RoundTripTop = 1 })
            .ExecuteAsync(TestNotes.Stream(4), _folder.File("out"), cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal((4, 4), (report.Pairs, report.Rejected["round_trip"]));
        Assert.All(Lines("pairs.jsonl"), pair => Assert.StartsWith("nodule of", pair.GetProperty("query").GetString(), StringComparison.Ordinal));
        Assert.All(Lines("rejected.jsonl"), rejected => Assert.Equal("round_trip", rejected.GetProperty("reason").GetString()));
        Assert.Equal(["pairs.jsonl", "rejected.jsonl", "report.json"], Directory.EnumerateFiles(_folder.File("out")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    private JsonElement[] Lines(string file) => [.. File.ReadAllLines(Path.Combine(_folder.File("out"), file)).Select(line => JsonSerializer.Deserialize<JsonElement>(line))];

    /// <summary>One query that has the words of its response, one that has those of none.</summary>
    private sealed class Vague : ICandidateSource
    {
        public Task<NoteCandidates> GenerateAsync(NotePart part, CancellationToken cancellationToken = default)
        {
            string response = part.Text.Split('\n')[1];
            string size = response.Split(' ').First(word => char.IsDigit(word[0]));
            return Task.FromResult(new NoteCandidates([new($"nodule of {size} mm", "keyword", response, 1), new("something else entirely", "keyword", response, 1)], "test", []));
        }
    }
}
