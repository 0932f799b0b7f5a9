using MedEmbed.Data.Judgments;
using MedEmbed.Data.Pairs;
using MedEmbed.Data.Tests.Records;
using MedEmbed.Data.Triplets;

namespace MedEmbed.Data.Tests.Triplets;

public sealed class TripletSourceTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task ABeirFolderGivesEachQueryWithEachRelevantDocument()
    {
        _folder.Write("corpus.jsonl", """
            {"_id":"d1","title":"Fever","text":"in children"}
            {"_id":"d2","title":"","text":"rest"}
            {"_id":"d3","title":"","text":"unjudged"}
            {"_id":"d4","title":"","text":" "}
            """);
        _folder.Write("queries.jsonl", """
            {"_id":"q0","text":"of another split"}
            {"_id":"q2","text":"second"}
            {"_id":"q1","text":"first"}
            {"_id":"q3","text":"third"}
            """);
        _folder.Write("qrels/train.tsv", "query-id\tcorpus-id\tscore\nq1\td2\t1\nq1\td1\t2\nq1\td3\t0\nq2\td1\t1\nq2\tgone\t1\nq2\td4\t1\nq3\td1\t0\nlost\td1\t1\n");
        (TripletSource source, List<(Triplet Triplet, long Line)> read) = await ReadAsync(_folder.Path);
        Assert.Equal(TripletSourceForm.Beir, source.Form);
        Assert.Equal(
            [("q2", "second", "Fever in children", 2L), ("q1", "first", "Fever in children", 3L), ("q1", "first", "rest", 3L)],
            read.Select(item => (item.Triplet.QueryId!, item.Triplet.Query, Assert.Single(item.Triplet.Positives), item.Line)));
        Assert.All(read, item => Assert.Empty(item.Triplet.Negatives));
        Assert.Equal(
            [
                $"{_folder.File("qrels/train.tsv")}: document \"d4\" is empty; the judgment makes no triplet.",
                $"{_folder.File("qrels/train.tsv")}: document \"gone\" is judged but missing in corpus.jsonl; the judgment makes no triplet.",
                $"{_folder.File("queries.jsonl")}:4: query \"q3\" has no document graded 1 or higher; a query without a positive makes no triplet.",
                $"{_folder.File("qrels/train.tsv")}: query \"lost\" is judged but missing in queries.jsonl; its judgments make no triplet.",
            ],
            source.Omitted.FirstReasons);
        DataFormatException error = await Assert.ThrowsAsync<DataFormatException>(() => ReadAsync(_folder.Path, new TripletSourceOptions { Split = "dev" }));
        Assert.Contains("has no qrels for split \"dev\"", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AJudgedListGivesItsGradesAsScores()
    {
        const string Line = """{"query_id":"j1","query":"fever","passages":[{"text":"a","grade":1},{"text":"b","grade":3},{"text":"c","grade":2},{"text":"","grade":0},{"text":"d","grade":0}]}""";
        string path = _folder.Write("dev.jsonl.gz", Line + "\n" + """{"query_id":"j2","query":"flu","passages":[{"text":"a","grade":1}]}""");
        foreach (string opened in (string[])[path, _folder.Path])
        {
            (TripletSource source, List<(Triplet Triplet, long Line)> read) = await ReadAsync(opened, new TripletSourceOptions { Split = "dev" });
            (Triplet triplet, long line) = Assert.Single(read);
            Assert.Equal((TripletSourceForm.JudgedList, 1L, "j1", "fever"), (source.Form, line, triplet.QueryId, triplet.Query));
            Assert.Equal((string[])["b", "c"], triplet.Positives);
            Assert.Equal((float[])[3, 2], triplet.PositiveScores!);
            Assert.Equal((string[])["a", "d"], triplet.Negatives);
            Assert.Equal((float[])[1, 0], triplet.NegativeScores!);
            Assert.Equal(
                [
                    $"{path}:1: field \"passages.text\" is empty; the passage is left out of the triplet.",
                    $"{path}:2: no passage is graded 2 or higher; a query without a positive makes no triplet.",
                ],
                source.Omitted.FirstReasons);
        }
    }

    [Theory]
    [InlineData("jsonl")]
    [InlineData("parquet")]
    public async Task FilesOfTripletsAndPairsAreTold(string extension)
    {
        string triplets = _folder.File("t." + extension);
        string pairs = _folder.File("p." + extension);
        await TripletFile.OpenWriter(triplets).WriteAllAsync([new Triplet("q", ["p"], ["n"])]);
        await PairFile.OpenWriter(pairs).WriteAllAsync([new QueryPassagePair("7", "q", "p") { NoteId = "note", Source = "s", Relevance = 0.9 }]);
        (TripletSource source, List<(Triplet Triplet, long Line)> read) = await ReadAsync(triplets);
        Assert.Equal((TripletSourceForm.Triplets, triplets), (source.Form, source.File));
        Assert.Equal(["n"], Assert.Single(read).Triplet.Negatives);
        (source, read) = await ReadAsync(pairs);
        Assert.Equal(TripletSourceForm.Pairs, source.Form);
        Triplet triplet = Assert.Single(read).Triplet;
        Assert.Equal(("7", "q", "p", "note", "s"), (triplet.QueryId, triplet.Query, Assert.Single(triplet.Positives), triplet.Group, triplet.Source));
        Assert.Empty(triplet.Negatives);
        Assert.Null(triplet.PositiveScores);
    }

    [Fact]
    public async Task WhatHasNoneOfTheFormsIsRefusedWithARemedy()
    {
        string path = _folder.Write("a.jsonl", "\n{\"_id\":\"1\",\"text\":\"t\"}\n");
        DataFormatException error = await Assert.ThrowsAsync<DataFormatException>(() => ReadAsync(path));
        Assert.Equal($"{path}:2: has the fields \"_id\", \"text\"; training data has \"pos\" (triplets), \"positive\" (pairs) or \"passages\" (a judged list). Name another file, or rename the fields.", error.Message);
        error = await Assert.ThrowsAsync<DataFormatException>(() => ReadAsync(_folder.Path));
        Assert.StartsWith($"{_folder.Path}: is neither a BEIR folder (corpus.jsonl, queries.jsonl, qrels/) nor does it hold a file train.jsonl.", error.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<FileNotFoundException>(() => ReadAsync(_folder.File("none.jsonl")));
        error = await Assert.ThrowsAsync<DataFormatException>(() => ReadAsync(_folder.Write("b.jsonl", "not JSON\n")));
        Assert.Equal(1, error.Line);
    }

    [Fact]
    public async Task AnEmptyFileGivesNoTriplets() => Assert.Empty((await ReadAsync(_folder.Write("a.jsonl", ""))).Read);

    [Fact, Trait("Category", "Golden")]
    public async Task SharedBeirFoldersGiveATripletForEveryRelevantJudgment()
    {
        foreach (string name in (string[])["bioasq", "pubmedqa"])
        {
            string folder = SharedFiles.Require($"data/train/{name}");
            Qrels qrels = await BeirFolder.Open(folder).ReadQrelsAsync("train", cancellationToken: TestContext.Current.CancellationToken);
            (TripletSource source, List<(Triplet Triplet, long Line)> read) = await ReadAsync(folder);
            Assert.Equal(qrels.Enumerate().Count(judgment => judgment.Grade >= 1), read.Count + (int)source.Omitted.Count);
            Assert.Equal(0, source.Omitted.Count);
        }
    }

    [Fact, Trait("Category", "Golden")]
    public async Task SharedPairsAndJudgedListsAreReadWhole()
    {
        foreach (string path in Directory.EnumerateFiles(SharedFiles.Require("data/synthetic"), "*.pairs.jsonl"))
        {
            List<QueryPassagePair> pairs = await PairFile.Read(path).ReadAllAsync();
            Assert.Equal(File.ReadLines(path).Count(), pairs.Count);
            Assert.All(pairs, pair => Assert.True(pair is { NoteId: not null, QueryType: not null, Source: not null, Relevance: > 0 and <= 1 }, pair.QueryId));
            Assert.Equal(pairs.Count, (await ReadAsync(path)).Read.Count);
        }

        foreach (string split in (string[])["train", "dev"])
        {
            string path = SharedFiles.Require($"data/train/judged/{split}.jsonl");
            (TripletSource source, List<(Triplet Triplet, long Line)> read) = await ReadAsync(Path.GetDirectoryName(path)!, new TripletSourceOptions { Split = split });
            Assert.Equal(File.ReadLines(path).Count(), read.Count + (int)source.Omitted.Count);
            Assert.All(read, item => Assert.True(item.Triplet.PositiveScores!.Min() >= 2 && item.Triplet.NegativeScores!.All(score => score < 2)));
        }
    }

    private static async Task<(TripletSource Source, List<(Triplet Triplet, long Line)> Read)> ReadAsync(string path, TripletSourceOptions? options = null)
    {
        TripletSource source = await TripletSource.OpenAsync(path, options, TestContext.Current.CancellationToken);
        List<(Triplet, long)> read = [];
        await foreach (Triplet triplet in source.ReadAsync(TestContext.Current.CancellationToken))
            read.Add((triplet, source.Line));
        return (source, read);
    }
}
