using System.Text.Json;
using MedEmbed.Cli.Tests.Running;

namespace MedEmbed.Cli.Tests.Indexing;

/// <summary>The bundled model over passages of the sample corpus.</summary>
public sealed class SampleSearchTests(SampleSearchTests.SampleIndex sample) : IClassFixture<SampleSearchTests.SampleIndex>
{
    [Theory]
    [InlineData("my eye doctor says the pressure in my eye is too high, will I go blind", "Glaucoma")]
    [InlineData("why does my big toe swell and hurt so badly at night", "Gout")]
    [InlineData("can I bring my blood pressure down without pills", "High Blood Pressure")]
    public async Task ALayQuestionFindsItsTopic(string question, string topic)
    {
        JsonElement found = (await sample.Medembed.RunAsync("search", question, "--index", sample.Index, "--top", "3", "--json")).Expect(0).Json;
        JsonElement[] hits = [.. found.GetProperty("hits").EnumerateArray()];
        Assert.Equal([1, 2, 3], hits.Select(hit => hit.GetProperty("rank").GetInt32()));
        Assert.Equal(topic, hits[0].GetProperty("metadata").GetProperty("topic").GetString());
        Assert.Equal("query", found.GetProperty("prompt").GetString());
    }

    [Fact]
    public async Task HitsForPeopleShowRankScoreIdTitleAndText()
    {
        CommandResult result = (await sample.Medembed.RunAsync("search", "what is gout", "--index", sample.Index, "--top", "1")).Expect(0);
        Assert.Matches(@"^   1  0\.\d{4}  \S+  \S.*\n {14}\S", result.Output);
        Assert.Empty(result.Error);
    }

    /// <summary>An index over the passages of a few topics.</summary>
    public sealed class SampleIndex : IAsyncLifetime
    {
        private static readonly string[] Topics = ["Glaucoma", "Gout", "High Blood Pressure", "Cataract", "Asthma", "Osteoporosis", "Rheumatoid Arthritis"];

        private readonly TemporaryFolder _folder = new();

        public Medembed Medembed => new(_folder.File("cache"));

        public string Index => _folder.File("index");

        public async ValueTask InitializeAsync()
        {
            string corpus = _folder.File("corpus.jsonl");
            File.WriteAllLines(corpus, File.ReadLines(RepositoryFiles.PathOf("samples/medquad/corpus.jsonl"))
                .Where(line => Topics.Contains(JsonSerializer.Deserialize<JsonElement>(line).GetProperty("metadata").GetProperty("topic").GetString())));
            (await Medembed.RunAsync("index", "build", "--corpus", corpus, "--output", Index, "--max-length", "128")).Expect(0);
        }

        public ValueTask DisposeAsync()
        {
            _folder.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
