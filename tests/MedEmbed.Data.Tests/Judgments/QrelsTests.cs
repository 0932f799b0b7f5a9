using System.Text;
using MedEmbed.Data.Judgments;

namespace MedEmbed.Data.Tests.Judgments;

public sealed class QrelsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("beir.tsv", "query-id\tcorpus-id\tscore\r\nq1\td 1\t2\r\nq1\td2\t0\r\nq2\td1\t-1\r\n", "d 1")]
    [InlineData("bare.tsv", "q1\td1\t2\nq1\td2\t0\nq2\td1\t-1", "d1")]
    [InlineData("bom.tsv.gz", "\uFEFFquery-id\tcorpus-id\tscore\nq1\td1\t2\nq1\td2\t0\nq2\td1\t-1\n\n", "d1")]
    [InlineData("trec.txt", "q1 0 d1 2\nq1\t0  d2 0\nq2 0 d1 -1\n", "d1")]
    public async Task EveryFormGivesTheSameJudgments(string name, string content, string firstDocument)
    {
        Qrels qrels = await QrelsFile.ReadAsync(_folder.Write(name, content), cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(["q1", "q2"], qrels.QueryIds);
        Assert.Equal(3, qrels.Count);
        Assert.True(qrels["q1"].TryGetGrade(firstDocument, out int grade));
        Assert.Equal(2, grade);
        Assert.True(qrels["q2"].TryGetGrade("d1", out grade));
        Assert.Equal(-1, grade);
        Assert.False(qrels["q2"].TryGetGrade("d2", out _));
        Assert.False(qrels["q3"].TryGetGrade("d1", out _));
        Assert.Equal(0, qrels["q3"].Count);
    }

    [Theory]
    [InlineData("q\td\t1\nq\td2\n", 2, "2 columns")]
    [InlineData("q\td\n", 1, "columns")]
    [InlineData("q\td\t1\nq\td2\t1\tx\n", 2, "4 columns")]
    [InlineData("q\td\t1\nq\td2\t1.5\n", 2, "\"1.5\"")]
    [InlineData("q\td\t1.0\n", 1, "\"1.0\"")]
    [InlineData("q\td\t1\nq\td2\thigh\n", 2, "\"high\"")]
    [InlineData("q\td\t1\nq\td2\t\n", 2, "\"\"")]
    [InlineData("q\td\t99999999999\n", 1, "whole number")]
    [InlineData("q\t\t1\n", 1, "document id is empty")]
    [InlineData("q\td\t1\nq\td\t2\n", 2, "judged 2 here and 1")]
    [InlineData("q 0 d 1\nq 0 d2\n", 2, "3 columns")]
    public async Task AFaultNamesFileLineAndRule(string content, long line, string expected)
    {
        string path = _folder.Write("bad.tsv", content);
        DataFormatException error = await Assert.ThrowsAsync<DataFormatException>(() => QrelsFile.ReadAsync(path, cancellationToken: TestContext.Current.CancellationToken));
        Assert.Equal((path, (long?)line), (error.File, error.Line));
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("query-id\tcorpus-id\tscore\n")]
    public async Task QrelsWithoutJudgmentsAreRefused(string content)
    {
        string path = _folder.Write("empty.tsv", content);
        DataFormatException error = await Assert.ThrowsAsync<DataFormatException>(() => QrelsFile.ReadAsync(path, cancellationToken: TestContext.Current.CancellationToken));
        Assert.Contains("no judgments", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task EqualJudgmentsAreCountedOnce()
    {
        Qrels qrels = await QrelsFile.ReadAsync(_folder.Write("twice.tsv", "q\td\t1\nq\te\t1\nq\td\t1\n"), cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal((2L, 1L), (qrels.Count, qrels.DuplicateJudgments));
    }

    [Fact]
    public void IdsThatTheDataDoesNotHoldAreFound()
    {
        Qrels qrels = Qrels.Create([new("q1", "d1", 1), new("q1", "d9", 1), new("q2", "d9", 0), new("q7", "d1", 1)]);
        UnknownIds unknown = qrels.FindUnknownIds(new HashSet<string> { "q1", "q2" }, new HashSet<string> { "d1" });
        Assert.Equal(["q7"], unknown.QueryIds);
        Assert.Equal(["d9"], unknown.DocumentIds);
        Assert.False(unknown.None);
    }

    [Fact]
    public async Task WhatIsWrittenAsTrecReadsBackEqual()
    {
        Qrels qrels = Qrels.Create([new("é", "d2", 3), new("é", "😀", -2), new("a", "d1", 0)]);
        using MemoryStream output = new();
        QrelsFile.WriteTrec(qrels, output);
        Qrels again = await QrelsFile.ReadAsync(_folder.Write("q.txt", output.ToArray()), cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(qrels.Enumerate(), again.Enumerate());
        Assert.Throws<ArgumentException>(() => QrelsFile.WriteTrec(Qrels.Create([new("a b", "d", 1)]), Stream.Null));
    }

    [Fact, Trait("Category", "Golden")]
    public async Task EveryBenchmarkIsReadWhole()
    {
        string benchmarks = SharedFiles.Require("data/benchmarks");
        foreach (string folder in Directory.EnumerateDirectories(benchmarks))
        {
            BeirFolder beir = BeirFolder.Open(folder);
            foreach (string split in beir.Splits)
            {
                Qrels qrels = await beir.ReadQrelsAsync(split, cancellationToken: TestContext.Current.CancellationToken);
                string[] lines = await File.ReadAllLinesAsync(beir.QrelsPath(split), Encoding.UTF8, TestContext.Current.CancellationToken);
                Assert.Equal(lines.Length - 1, qrels.Count + qrels.DuplicateJudgments);
                Assert.Equal(lines[1].Split('\t')[0], qrels.QueryIds[0]);
            }
        }
    }
}
