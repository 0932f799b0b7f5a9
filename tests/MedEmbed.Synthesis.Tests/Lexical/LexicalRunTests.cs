using System.Text.Json;
using MedEmbed.Data;
using MedEmbed.Data.Pairs;
using MedEmbed.Synthesis.Lexical;
using MedEmbed.Synthesis.Lexical.Codes;

namespace MedEmbed.Synthesis.Tests.Lexical;

public sealed class LexicalRunTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _terms;

    public LexicalRunTests() => _terms = Terminologies.WriteAll(_folder);

    private string Output => _folder.File("out");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task SynonymsFindTheNameAndTheNameItsExactSynonyms() =>
        Assert.Equal(
            [
                "podagra > gout 1 DOID:1 lexical/disease-ontology", "gout > podagra 1 DOID:1 lexical/disease-ontology", "uric arthritis > gout 0.7 DOID:1 lexical/disease-ontology",
                "Gouty arthritis > Gout 1 DOID:1 lexical/foci", "Gout > Gouty arthritis 1 DOID:1 lexical/foci", "Arthritis - gouty > Gout 1 DOID:1 lexical/foci", "Gout > Arthritis - gouty 1 DOID:1 lexical/foci",
            ],
            await PairsAsync(LexicalKind.Synonym, pair => FormattableString.Invariant($"{pair.Query} > {pair.Positive} {pair.Relevance} {pair.NoteId} {pair.Source}")));

    [Fact]
    public async Task NameAndSynonymsFindTheDefinitionInPlainWords() =>
        Assert.Equal(
            ["gout", "podagra", "uric arthritis"],
            await PairsAsync(LexicalKind.Definition, pair =>
            {
                Assert.Equal("A purine disease that results in urate in joints.", pair.Positive);
                return pair.Query;
            }));

    [Fact]
    public async Task ACodeOfSeveralTermsFindsEachByTheSameQuery()
    {
        var options = new LexicalOptions { Kinds = [LexicalKind.Code], CodeSystems = [CodeSystem.Icd10] };
        await new LexicalRun(options).ExecuteAsync(_terms, Output, cancellationToken: TestContext.Current.CancellationToken);
        List<QueryPassagePair> pairs = await Terminologies.ReadPairsAsync(Output);
        QueryPassagePair[] shared = [.. pairs.Where(pair => pair.Query.EndsWith("M10", StringComparison.Ordinal))];
        Assert.Equal(["gout: A purine disease that results in urate in joints.", "calcium gout"], shared.Select(pair => pair.Positive));
        Assert.Single(shared.Select(pair => pair.Query).Distinct());
        Assert.Equal(["gout: ICD-10 M10, M10.9", "calcium gout: ICD-10 M10"], pairs.Select(pair => pair.Positive).Where(text => text.Contains("ICD-10", StringComparison.Ordinal)));
        Assert.Equal(5, pairs.Count);
    }

    [Fact]
    public async Task AnAbbreviationFindsAllItsExpansionsByTheSameTwoQueries()
    {
        string[] pairs = await PairsAsync(LexicalKind.Abbreviation, pair => $"{pair.Query}|{pair.Positive}|{pair.NoteId}|{pair.QueryId}");
        string question = Assert.Single(pairs.Select(pair => pair.Split('|')[0]).Distinct(), query => query != "AA");
        Assert.Contains("AA", question, StringComparison.Ordinal);
        Assert.Equal(
            [
                "AA|alopecia areata|abbr/AA|abbr/AA-abbreviation1", $"{question}|alopecia areata|abbr/AA|abbr/AA-abbreviation2",
                "AA|amino acid|abbr/AA|abbr/AA-abbreviation1", $"{question}|amino acid|abbr/AA|abbr/AA-abbreviation2",
            ],
            pairs);
    }

    [Fact]
    public async Task EveryRejectionIsKeptWithItsReasonAndCounted()
    {
        LexicalReport report = await RunAsync(new LexicalOptions());
        JsonElement[] rejected = [.. File.ReadLines(Path.Combine(Output, "rejected.jsonl")).Select(line => JsonSerializer.Deserialize<JsonElement>(line))];
        Assert.Equal(report.Rejected, rejected.GroupBy(line => line.GetProperty("reason").GetString()!).ToDictionary(reason => reason.Key, reason => (long)reason.Count()));
        Assert.Equal(report.Candidates, report.Pairs + rejected.Length);
        Assert.Equal(report.Pairs, File.ReadLines(Path.Combine(Output, "pairs.jsonl")).LongCount());
        Assert.Equal((long)(3 + 3 + 4 + 2), report.Terms);
        Assert.Equal(["malformed_code", "obsolete_term", "query_too_short", "repeated_pair", "response_too_short", "retired_synonym", "same_words", "unknown_code_system"], report.Rejected.Keys);
        JsonElement told = JsonSerializer.Deserialize<JsonElement>(File.ReadAllText(Path.Combine(Output, "report.json")));
        Assert.Equal(report.Pairs, told.GetProperty("pairs").GetInt64());
        Assert.Equal(3, told.GetProperty("files").GetProperty("disease_ontology.v1.jsonl").GetInt32());
    }

    [Fact]
    public async Task ADescriptorIsOfTheGroupOfTheOneTermThatRefersToIt()
    {
        await RunAsync(new LexicalOptions { Kinds = [LexicalKind.Code], CodeSystems = [CodeSystem.Mesh] });
        Dictionary<string, string?> groups = (await Terminologies.ReadPairsAsync(Output)).Where(pair => pair.Source == "lexical/a-names").DistinctBy(pair => pair.Positive).ToDictionary(pair => pair.Positive, pair => pair.NoteId);
        Assert.Equal("DOID:1", groups["Gout"]);
        Assert.Equal("MESH:D000004", groups["Abattoirs"]);
        Assert.Equal("MESH:D000003", groups["Air: MeSH D000003"]);
    }

    [Fact]
    public async Task SiblingsShareAGroupOfPassagesOfOneForm()
    {
        await RunAsync(new LexicalOptions { Grouping = LexicalGrouping.Siblings, CodeSystems = [CodeSystem.Icd10] });
        ILookup<string?, string> groups = (await Terminologies.ReadPairsAsync(Output)).ToLookup(pair => pair.NoteId, pair => pair.Positive);
        Assert.Equal(["gout: A purine disease that results in urate in joints.", "calcium gout"], groups["DOID:9/term"].Distinct());
        Assert.Equal(["gout"], groups["DOID:9/name"].Distinct());
        Assert.Equal(["gout: ICD-10 M10, M10.9", "calcium gout: ICD-10 M10"], groups["DOID:9/code"]);
        Assert.DoesNotContain(groups["DOID:1"], text => !text.StartsWith("Gout", StringComparison.Ordinal) && !text.StartsWith("Arthritis", StringComparison.Ordinal));
    }

    [Fact]
    public async Task TheSameFilesGiveTheSameBytes()
    {
        await RunAsync(new LexicalOptions());
        string[] files = ["pairs.jsonl", "rejected.jsonl", "report.json"];
        byte[][] first = [.. files.Select(file => File.ReadAllBytes(Path.Combine(Output, file)))];
        await RunAsync(new LexicalOptions { Overwrite = true });
        Assert.Equal(first, files.Select(file => File.ReadAllBytes(Path.Combine(Output, file))));
    }

    [Theory]
    [InlineData("disease_ontology.v1.jsonl", "{\"id\":\"DOID:4\"}", "field \"name\" is missing or empty")]
    [InlineData("disease_ontology.v1.jsonl", "{\"id\":\"DOID:1\",\"name\":\"flu\"}", "repeats the term \"DOID:1\"")]
    [InlineData("disease_ontology.v1.jsonl", "{\"id\":\"DOID:4\",\"name\":\"flu\",\"synonyms\":[\"grippe\"]}", "field \"synonyms\" holds something else than objects")]
    [InlineData("disease_ontology.v1.jsonl", "{\"id\":\"DOID:4\",\"name\":\"flu\",\"synonyms\":[{\"type\":\"EXACT\"}]}", "field \"synonyms.text\" is missing or empty")]
    [InlineData("disease_ontology.v1.jsonl", "{\"id\":\"DOID:4\",\"name\":\"flu\",\"xrefs\":\"ICD10CM:J10\"}", "field \"xrefs\" is no array")]
    [InlineData("disease_ontology.v1.jsonl", "{\"id\":\"DOID:4\",\"name\":\"flu\",\"xrefs\":[7]}", "field \"xrefs\" holds number where a string is needed")]
    [InlineData("disease_ontology.v1.jsonl", "{\"id\":\"DOID:4\",\"na", "is no whole JSON object")]
    [InlineData("disease_ontology.v1.jsonl", "[]", "is no JSON object")]
    [InlineData("disease_ontology.v1.jsonl", "{\"id\":\"DOID:4\",\"name\":\"\\ud800\"}", "field \"name\" holds half of a surrogate pair")]
    [InlineData("a_names.tsv", "D006073", "is no MeSH id")]
    [InlineData("a_names.tsv", "D000009\ta\tb", "is no MeSH id")]
    [InlineData("abbr.jsonl", "{\"abbreviation\":\"BP\"}", "field \"expansion\" is missing or empty")]
    [InlineData("foci.ndjson", "{\"focus\":\" \",\"synonyms\":[]}", "field \"focus\" is missing or empty")]
    public async Task AFaultyLineIsNamedOrSkippedAndCounted(string file, string line, string problem)
    {
        string path = Path.Combine(_terms, file);
        int lines = File.ReadLines(path).Count();
        File.AppendAllText(path, line + "\n");
        SynthesisFormatException error = await Assert.ThrowsAsync<SynthesisFormatException>(() => RunAsync(new LexicalOptions()));
        Assert.StartsWith($"{path}:{lines + 1}: {problem}", error.Message, StringComparison.Ordinal);
        Assert.False(Path.Exists(Output) || Path.Exists(Output + ".partial"));
        LexicalReport report = await RunAsync(new LexicalOptions { SkipBadLines = true });
        Assert.Equal((1L, error.Message), (report.BadLines, Assert.Single(report.BadLineReasons)));
    }

    [Fact]
    public async Task AFolderWithoutTerminologiesIsRefusedWithTheFormsThatAreKnown()
    {
        string empty = Directory.CreateDirectory(_folder.File("empty")).FullName;
        File.WriteAllText(Path.Combine(empty, "notes.jsonl"), "{\"id\":\"1\",\"text\":\"t\"}\n");
        SynthesisFormatException error = await Assert.ThrowsAsync<SynthesisFormatException>(() => new LexicalRun().ExecuteAsync(empty, Output, cancellationToken: TestContext.Current.CancellationToken));
        Assert.StartsWith($"{empty}: holds no terminology", error.Message, StringComparison.Ordinal);
        Assert.Contains("{\"abbreviation\",\"expansion\"}", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AFileThatIsNoUtf8IsRefused()
    {
        File.WriteAllBytes(Path.Combine(_terms, "latin.tsv"), [.. "D000009\tcaf"u8, 0xE9, (byte)'\n']);
        await Assert.ThrowsAsync<DataFormatException>(() => RunAsync(new LexicalOptions()));
    }

    [Fact]
    public void OptionsThatAskForNothingAreRefused()
    {
        Assert.Throws<ArgumentException>(() => new LexicalOptions { Kinds = [] });
        Assert.Throws<ArgumentException>(() => new LexicalOptions { CodeSystems = [] });
        Assert.Throws<ArgumentOutOfRangeException>(() => new LexicalOptions { MinQueryLetters = 0 });
    }

    private async Task<string[]> PairsAsync(LexicalKind kind, Func<QueryPassagePair, string> tell)
    {
        await RunAsync(new LexicalOptions { Kinds = [kind] });
        List<QueryPassagePair> pairs = await Terminologies.ReadPairsAsync(Output);
        Assert.All(pairs, pair => Assert.Equal(kind.ToString().ToLowerInvariant(), pair.QueryType));
        return [.. pairs.Select(tell)];
    }

    private Task<LexicalReport> RunAsync(LexicalOptions options) => new LexicalRun(options).ExecuteAsync(_terms, Output, cancellationToken: TestContext.Current.CancellationToken);
}
