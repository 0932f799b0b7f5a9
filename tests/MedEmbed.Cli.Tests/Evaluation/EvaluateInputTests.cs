using MedEmbed.Cli.Tests.Running;

namespace MedEmbed.Cli.Tests.Evaluation;

/// <summary>Odd and faulty judgments and runs, as people have them: reported, never silently dropped.</summary>
public sealed class EvaluateInputTests : IDisposable
{
    private const string Header = "query-id\tcorpus-id\tscore\n";
    private readonly TemporaryFolder _folder = new();
    private readonly Medembed _medembed;

    public EvaluateInputTests()
    {
        _medembed = new Medembed(_folder.File("cache"));
        Directory.CreateDirectory(_folder.File("mine/qrels"));
        File.WriteAllText(_folder.File("mine/corpus.jsonl"), "\uFEFF{\"_id\":\"d1\",\"text\":\"asthma inhaler\"}\r\n{\"_id\":\"d2\",\"text\":\"fever and cough\"}\r\n");
        File.WriteAllText(_folder.File("mine/queries.jsonl"), "\uFEFF{\"_id\":\"q1\",\"text\":\"asthma\"}\r\n{\"_id\":\"q2\",\"text\":\"cough\"}\r\n");
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("q1\td1\t1\nq2\td2\t1\n", "")]
    [InlineData("q1\td1\t1\r\nq2\td2\t1\r\n", "")]
    [InlineData("q1\td1\t1\nq2\td2\t1\nq2\tgone\t1\n", "1 judged documents are not in the corpus; they cannot be found and count as missed: gone.")]
    [InlineData("q1\td1\t1\nq2\td2\t1\nq9\td1\t1\n", "1 judged queries have no text and are left out: q9.")]
    [InlineData("q1\td1\t1\nq2\td2\t1\nq1\td1\t1\n", "1 judgments stand twice; each counts once.")]
    [InlineData("q1\td1\t1\nq2\td2\t0\n", "1 queries have no relevant document; they count with 0: q2.")]
    [InlineData("q1\td1\t1\n", "1 queries have no judgments in this split and are not run.")]
    public async Task OddJudgmentsAreEvaluatedAndTold(string judgments, string told)
    {
        foreach (string mark in (string[])["", "\uFEFF"])
        {
            CommandResult run = (await EvaluateAsync(mark + Header + judgments)).Expect(0);
            Assert.Equal(told.Length == 0 ? "" : "mine: " + told, run.Error.TrimEnd());
        }
    }

    [Theory]
    [InlineData(Header + "q1\td1\n", "test.tsv:2: the line has 2 columns")]
    [InlineData(Header + "q1\td1\tyes\n", "test.tsv:2: column \"score\"")]
    [InlineData(Header + "q1\td1\t1\nq1\td1\t2\n", "test.tsv:3: ")]
    [InlineData(Header, "holds no judgments")]
    [InlineData("", "holds no judgments")]
    [InlineData(Header + "other\td1\t1\n", "do qrels and queries belong together")]
    public async Task FaultyJudgmentsAreRefusedWithTheirPlace(string judgments, string told)
    {
        Assert.Contains(told, (await EvaluateAsync(judgments)).ExpectUsageError(), StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder.File("results")));
    }

    [Theory]
    [InlineData("q1 Q0 d1 1 2.0 x\r\nq9 Q0 d1 1 1.0 x\r\n", 0, "1 judged queries are not in the run and do not count: q2.\n1 queries of the run have no judgments and do not count: q9.")]
    [InlineData("q1 Q0 d1 1 NaN x\n", 2, "document \"d1\": the score is NaN")]
    [InlineData("q1 Q0 d1 1 2 x\nq1 Q0 d1 2 1 x\n", 2, "document \"d1\" twice")]
    [InlineData("q1 Q0 d1\n", 2, "run.txt:1: ")]
    [InlineData("", 2, "holds no hits")]
    [InlineData("q9 Q0 d1 1 2.0 x\n", 2, "no query in common")]
    public async Task RunsAreCheckedAgainstTheJudgments(string content, int code, string told)
    {
        File.WriteAllText(_folder.File("run.txt"), content);
        File.WriteAllText(_folder.File("qrels.txt"), "q1 0 d1 1\nq2 0 d2 1\n");
        CommandResult run = (await _medembed.RunAsync("evaluate", "--run", _folder.File("run.txt"), "--qrels", _folder.File("qrels.txt"))).Expect(code);
        Assert.Contains(told, run.Error.ReplaceLineEndings("\n"), StringComparison.Ordinal);
    }

    private Task<CommandResult> EvaluateAsync(string judgments)
    {
        File.WriteAllText(_folder.File("mine/qrels/test.tsv"), judgments);
        return _medembed.RunAsync("evaluate", "--system", "bm25", "--tasks", _folder.File("mine"), "--output", _folder.File("results"), "--overwrite");
    }
}
