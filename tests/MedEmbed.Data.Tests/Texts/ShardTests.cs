using CsCheck;
using MedEmbed.Data.Texts;

namespace MedEmbed.Data.Tests.Texts;

public sealed class ShardTests
{
    [Fact]
    public void ShardsPartTheInputAndIdsCountOverAllOfIt() =>
        Gen.Select(Gen.Int[0, 40], Gen.Int[1, 7]).Sample((lines, count) =>
        {
            string content = string.Concat(Enumerable.Range(0, lines).Select(i => $"{{\"text\":\"text {i}\"}}\n"));
            List<Document> whole = Data.ReadDocumentsAsync(content).GetAwaiter().GetResult();
            IEnumerable<Document> parts = Enumerable.Range(0, count)
                .SelectMany(index => Data.ReadDocumentsAsync(content, new DocumentReadOptions { Shard = new Shard(index, count) }).GetAwaiter().GetResult())
                .OrderBy(document => int.Parse(document.Id, System.Globalization.CultureInfo.InvariantCulture));
            Assert.Equal(whole, parts);
        });

    [Fact]
    public async Task LinesOfOtherShardsAreNotLookedInto()
    {
        List<Document> documents = await Data.ReadDocumentsAsync("{\"text\":\"0\"}\nbroken\n{\"text\":\"2\"}\n", new DocumentReadOptions { Shard = new Shard(0, 2) });
        Assert.Equal(["0", "2"], documents.Select(document => document.Id));
    }

    [Theory]
    [InlineData("0/1", "", "0/1")]
    [InlineData("2/8", "JOB_COMPLETION_INDEX=5", "2/8")]
    [InlineData("/8", "JOB_COMPLETION_INDEX=5", "5/8")]
    [InlineData("/8", "SLURM_ARRAY_TASK_ID=12 SLURM_ARRAY_TASK_MIN=10", "2/8")]
    [InlineData("slurm", "SLURM_ARRAY_TASK_ID=12 SLURM_ARRAY_TASK_MIN=10 SLURM_ARRAY_TASK_COUNT=4 SLURM_ARRAY_TASK_MAX=13", "2/4")]
    [InlineData("slurm", "SLURM_ARRAY_TASK_ID=1 SLURM_ARRAY_TASK_MIN=1 SLURM_ARRAY_TASK_COUNT=1", "0/1")]
    public void EveryWayToNameAShardIsUnderstood(string specification, string environment, string expected) =>
        Assert.Equal(expected, ShardSpecification.Parse(specification, Lookup(environment)).ToString());

    [Theory]
    [InlineData("8/8", "")]
    [InlineData("-1/8", "")]
    [InlineData("1", "")]
    [InlineData("", "")]
    [InlineData("1/0", "")]
    [InlineData("a/b", "")]
    [InlineData("1/2/3", "")]
    [InlineData("/8", "")]
    [InlineData("/8", "JOB_COMPLETION_INDEX=8")]
    [InlineData("/8", "JOB_COMPLETION_INDEX=x")]
    [InlineData("slurm", "SLURM_ARRAY_TASK_ID=1")]
    [InlineData("slurm", "SLURM_ARRAY_TASK_ID=3 SLURM_ARRAY_TASK_MIN=0 SLURM_ARRAY_TASK_MAX=9 SLURM_ARRAY_TASK_COUNT=4")]
    public void AShardThatWouldLoseLinesIsRefused(string specification, string environment) =>
        Assert.Throws<FormatException>(() => ShardSpecification.Parse(specification, Lookup(environment)));

    private static Func<string, string?> Lookup(string environment)
    {
        Dictionary<string, string> variables = environment.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(pair => pair.Split('=')).ToDictionary(pair => pair[0], pair => pair[1]);
        return variables.GetValueOrDefault;
    }
}
