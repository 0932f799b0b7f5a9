using System.Globalization;
using MedEmbed.Retrieval.CrashHost;
using MedEmbed.Retrieval.Flat;

namespace MedEmbed.Retrieval.Tests.Flat;

[Trait("Category", "Slow")]
public sealed class CrashTests
{
    [Fact]
    public void AKillDuringAddLeavesTheIndexOfOneCommit()
    {
        using TemporaryFolder temporary = new();
        string folder = temporary.File("index");
        using (FlatIndexBuilder builder = FlatIndexBuilder.Start(folder, CrashScript.Options, "f"))
            builder.Complete();
        Random random = new(5);
        int committed = 0;
        for (int kill = 0; kill < 12; kill++)
        {
            using CrashProcess process = new("add", folder, 1_000_000);
            for (int lines = random.Next(1, 30); lines > 0; lines--)
                committed = int.Parse(process.ReadLine()!, CultureInfo.InvariantCulture) + 1;
            Thread.Sleep(random.Next(0, 12));
            process.Kill();
            int rounds = AssertWholeRounds(folder);
            Assert.True(rounds >= committed, $"{committed} rounds were reported committed and {rounds} are there after kill {kill}.");
        }
    }

    [Fact]
    public void ABuildThatIsKilledAgainAndAgainEndsLikeOneThatIsNot()
    {
        const int Documents = 3_950;
        using TemporaryFolder temporary = new();
        string folder = temporary.File("index"), undisturbed = temporary.File("undisturbed");
        CrashScript.Build(undisturbed, Documents);
        Random random = new(6);
        long resumed = 0;
        for (int kill = 0; kill < 12; kill++)
        {
            using CrashProcess process = new("build", folder, Documents);
            long start = long.Parse(process.ReadLine()!, CultureInfo.InvariantCulture);
            Assert.True(start >= resumed && start % CrashScript.Options.SegmentRows == 0, $"Resumed at {start} after {resumed}.");
            resumed = start;
            string? line = null;
            for (int lines = random.Next(1, 8); lines > 0 && line != "complete"; lines--)
                line = process.ReadLine();
            process.Kill();
            Assert.Equal(line == "complete", Directory.Exists(folder));
            Assert.NotEqual("complete", line);
            Assert.Throws<IndexFormatException>(() => FlatIndex.Open(folder));
        }

        Assert.True(resumed > 0, "No build was resumed, so nothing was tested.");
        using (CrashProcess process = new("build", folder, Documents))
            Assert.Equal(0, process.Finish().ExitCode);
        Assert.False(Directory.Exists(folder + ".partial"));
        Assert.Equal(Files(undisturbed), Files(folder));
        foreach (string file in Files(folder).Where(file => file.EndsWith(".seg", StringComparison.Ordinal)))
            Assert.True(File.ReadAllBytes(Path.Combine(undisturbed, file)).AsSpan().SequenceEqual(File.ReadAllBytes(Path.Combine(folder, file))), file);
    }

    [Fact]
    public void ASecondProcessMayNotWrite()
    {
        using TemporaryFolder temporary = new();
        string folder = temporary.File("index");
        using (FlatIndexBuilder builder = FlatIndexBuilder.Start(folder, CrashScript.Options, "f"))
            builder.Complete();
        using CrashProcess holder = new("hold", folder, 600);
        Assert.Equal("held", holder.ReadLine());
        Assert.Contains("another process is writing", Assert.Throws<IOException>(() => FlatIndexWriter.Open(folder)).Message, StringComparison.Ordinal);
        using (CrashProcess second = new("add", folder, 1))
        {
            (int exitCode, string _, string error) = second.Finish();
            Assert.NotEqual(0, exitCode);
            Assert.Contains("another process is writing", error, StringComparison.Ordinal);
        }

        holder.Kill();
        using CrashProcess third = new("add", folder, 1);
        Assert.Equal(0, third.Finish().ExitCode);
    }

    [Fact]
    public void AReaderAlwaysSeesOneCommitWhileAnotherProcessWrites()
    {
        using TemporaryFolder temporary = new();
        string folder = temporary.File("index");
        using (FlatIndexBuilder builder = FlatIndexBuilder.Start(folder, CrashScript.Options, "f"))
            builder.Complete();
        using CrashProcess process = new("add", folder, 100);
        Assert.NotNull(process.ReadLine());
        for (int i = 0; i < 100; i++)
            AssertWholeRounds(folder);
    }

    private static int AssertWholeRounds(string folder)
    {
        using FlatIndex index = FlatIndex.Open(folder);
        index.Verify();
        int rounds = CrashScript.RoundOf(index.Info.Documents);
        HashSet<string> expected = [];
        for (int round = 0; round < rounds; round++)
        {
            for (int i = 0; i < CrashScript.RoundSize - 1; i++)
                expected.Add(CrashScript.Id(round, i));
            Assert.Equal("replaced", index.Document(CrashScript.Id(round, 0))!.Text);
            Assert.Equal(round < rounds - 1 ? "replaced later" : "new", index.Document(CrashScript.Id(round, 1))!.Text);
            Assert.Equal(CrashScript.Id(round, 2), index.Search(CrashScript.Vector(round, 2), 1)[0].Id);
        }

        Assert.Equal(rounds * (CrashScript.RoundSize - 1), index.Info.Documents);
        Assert.True(expected.SetEquals(index.Ids()), "The ids are not those of whole rounds.");
        return rounds;
    }

    private static string[] Files(string folder) =>
        [.. Directory.EnumerateFiles(folder).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];
}
