using System.Text.RegularExpressions;
using MedEmbed.Data.Pairs;
using MedEmbed.Data.Triplets;
using MedEmbed.Synthesis.Mining;

namespace MedEmbed.Synthesis.Tests.Mining;

public sealed class PairConversionTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task ABeirFolderGivesAPairForEachRelevantDocumentWithoutWhatIsExcluded()
    {
        Directory.CreateDirectory(_folder.File("qrels"));
        File.WriteAllLines(_folder.File("corpus.jsonl"), ["""{"_id":"d1","title":"T","text":"one"}""", """{"_id":"d2","text":"covid two"}""", """{"_id":"d3","text":"three"}"""]);
        File.WriteAllLines(_folder.File("queries.jsonl"), ["""{"_id":"q1","text":"first"}""", """{"_id":"q2","text":"about COVID"}"""]);
        File.WriteAllLines(_folder.File("qrels/train.tsv"), ["query-id\tcorpus-id\tscore", "q1\td1\t1", "q1\td2\t1", "q1\td3\t0", "q2\td3\t2"]);
        string output = _folder.File("pairs.jsonl");
        Assert.Equal(3, (await PairConversion.WriteAsync([_folder.Path], new TripletSourceOptions(), null, output, TestContext.Current.CancellationToken))[0].Pairs);
        Assert.Equal(1, (await PairConversion.WriteAsync([_folder.Path], new TripletSourceOptions(), new Regex("(?i)covid"), output, TestContext.Current.CancellationToken))[0].Pairs);
        var pairs = new List<QueryPassagePair>();
        await foreach (QueryPassagePair pair in PairFile.Read(output).ReadAsync(TestContext.Current.CancellationToken))
            pairs.Add(pair);
        Assert.Equal(("q1", "first", "T one"), Assert.Single(pairs.Select(pair => (pair.QueryId, pair.Query, pair.Positive))));
    }

    [Fact]
    public async Task SeveralInputsAreOneWithKindsKeptAndTheirNamesForSources()
    {
        string questions = _folder.File("questions.jsonl"), topics = _folder.File("topics.jsonl"), output = _folder.File("pairs.jsonl");
        File.WriteAllText(questions, """{"query_id":"1","query":"What is gout?","query_type":"question","positive":"Arthritis by crystals."}""");
        File.WriteAllText(topics, """{"query_id":"1","query":"gout","pos":["Arthritis by crystals.","Painful toes."],"neg":["Flu."],"query_type":"topic","group":"g","source":"llm"}""");
        IReadOnlyList<PairConversionResult> results = await PairConversion.WriteAsync([questions, topics], new TripletSourceOptions(), null, output, TestContext.Current.CancellationToken);
        Assert.Equal([(questions, 1L), (topics, 2L)], results.Select(result => (result.Input, result.Pairs)));
        Assert.Equal(
            [
                """{"query_id":"1","query":"What is gout?","query_type":"question","positive":"Arthritis by crystals.","source":"questions"}""",
                """{"query_id":"1","query":"gout","query_type":"topic","positive":"Arthritis by crystals.","note_id":"g","source":"llm"}""",
                """{"query_id":"1","query":"gout","query_type":"topic","positive":"Painful toes.","note_id":"g","source":"llm"}""",
            ],
            File.ReadAllLines(output));
    }

    [Fact]
    public async Task PairsOfTheSameTextAreLeftOutAndCounted()
    {
        string file = _folder.File("rqe.jsonl"), output = _folder.File("pairs.jsonl");
        File.WriteAllLines(file,
        [
            """{"chq":"What is gout?","faq":"what is  GOUT","label":"true"}""",
            """{"chq":"my toe hurts","faq":"What is gout?","label":"true"}""",
            """{"chq":"my toe hurts","faq":"What is flu?","label":"false"}""",
        ]);
        var fields = new PairFields { Query = "chq", Positive = "faq", Conditions = [new FieldCondition("label", "true")] };
        PairConversionResult result = (await PairConversion.WriteAsync([file], new TripletSourceOptions { Fields = fields }, null, output, TestContext.Current.CancellationToken))[0];
        Assert.Equal((1L, 3L, 0L, 1L), (result.Pairs, result.Lines, result.Excluded, result.SameTexts));
        Assert.Equal("""{"query_id":"2","query":"my toe hurts","positive":"What is gout?","source":"rqe"}""", File.ReadAllText(output).TrimEnd());
    }
}
