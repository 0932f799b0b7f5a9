using System.Text.RegularExpressions;
using MedEmbed.Data.Pairs;
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
        Assert.Equal(3, await PairConversion.WriteAsync(_folder.Path, "train", null, output, TestContext.Current.CancellationToken));
        Assert.Equal(1, await PairConversion.WriteAsync(_folder.Path, "train", new Regex("(?i)covid"), output, TestContext.Current.CancellationToken));
        var pairs = new List<QueryPassagePair>();
        await foreach (QueryPassagePair pair in PairFile.Read(output).ReadAsync(TestContext.Current.CancellationToken))
            pairs.Add(pair);
        Assert.Equal(("q1", "first", "T one"), Assert.Single(pairs.Select(pair => (pair.QueryId, pair.Query, pair.Positive))));
    }
}
