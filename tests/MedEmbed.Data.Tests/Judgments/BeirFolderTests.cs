using MedEmbed.Data.Judgments;
using MedEmbed.Data.Texts;

namespace MedEmbed.Data.Tests.Judgments;

public sealed class BeirFolderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task CompressedFoldersReadLikePlainOnes()
    {
        _folder.Write("corpus.jsonl.zst", "{\"_id\":\"d\",\"title\":\"t\",\"text\":\"x\"}\n");
        _folder.Write("queries.jsonl.gz", "{\"_id\":\"q\",\"text\":\"x\"}\n");
        _folder.Write("qrels/test.tsv", "q\td\t1\n");
        _folder.Write("qrels/dev.tsv.gz", "q\td\t2\n");
        _folder.Write("qrels/readme.md", "");
        BeirFolder beir = BeirFolder.Open(_folder.Path);
        Assert.Equal(["dev", "test"], beir.Splits);
        Assert.Equal("t x", Assert.Single(await beir.Corpus().ReadAllAsync()).TitleAndText);
        Assert.Equal("q", Assert.Single(await beir.Queries().ReadAllAsync()).Id);
        Assert.Equal([new Judgment("q", "d", 2)], (await beir.ReadQrelsAsync("dev", cancellationToken: TestContext.Current.CancellationToken)).Enumerate());
        Assert.True(BeirFolder.IsBeirFolder(_folder.Path));
    }

    [Fact]
    public void WhatIsMissingIsNamed()
    {
        Assert.Contains("is no folder", Assert.Throws<DataFormatException>(() => BeirFolder.Open(_folder.File("none"))).Message, StringComparison.Ordinal);
        Assert.Contains("corpus.jsonl", Assert.Throws<DataFormatException>(() => BeirFolder.Open(_folder.Path)).Message, StringComparison.Ordinal);
        _folder.Write("corpus.jsonl", "");
        Assert.Contains("queries.jsonl", Assert.Throws<DataFormatException>(() => BeirFolder.Open(_folder.Path)).Message, StringComparison.Ordinal);
        _folder.Write("queries.jsonl", "");
        Assert.Contains("it has none", Assert.Throws<DataFormatException>(() => BeirFolder.Open(_folder.Path).QrelsPath("test")).Message, StringComparison.Ordinal);
        _folder.Write("corpus.jsonl.gz", "");
        Assert.Contains("two forms", Assert.Throws<DataFormatException>(() => BeirFolder.Open(_folder.Path)).Message, StringComparison.Ordinal);
    }

    [Fact, Trait("Category", "Golden")]
    public async Task EveryBenchmarkHoldsWhatItsJudgmentsName()
    {
        foreach (string folder in Directory.EnumerateDirectories(SharedFiles.Require("data/benchmarks")))
        {
            BeirFolder beir = BeirFolder.Open(folder);
            List<Document> corpus = await beir.Corpus().ReadAllAsync();
            List<Document> queries = await beir.Queries().ReadAllAsync();
            Qrels qrels = await beir.ReadQrelsAsync("test", cancellationToken: TestContext.Current.CancellationToken);
            UnknownIds unknown = qrels.FindUnknownIds(queries.Select(query => query.Id).ToHashSet(), corpus.Select(document => document.Id).ToHashSet());
            Assert.Equal(File.ReadLines(beir.CorpusPath).Count(), corpus.Count);
            Assert.Empty(unknown.QueryIds);
            // ArguAna lacks a few relevant documents, officially.
            Assert.InRange(unknown.DocumentIds.Count, 0, corpus.Count / 100);
        }
    }
}
