using System.Text;
using MedEmbed.Data.Outputs;

namespace MedEmbed.Data.Tests.Outputs;

public sealed class ResumableOutputTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Output => _folder.File("out.txt");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void WhatWasNotSavedIsWrittenAgain()
    {
        using (ResumableOutput first = Open("a"))
        {
            Assert.Equal(OutputStart.New, first.Start);
            first.Stream.Write("one\n"u8);
            first.Save(1, "state");
            first.Stream.Write("two, never saved\n"u8);
            first.Stream.Flush();
        }

        Assert.False(File.Exists(Output));
        using (ResumableOutput second = Open("a"))
        {
            Assert.Equal((OutputStart.Continued, 1L, "state"), (second.Start, second.RecordsDone, second.State));
            second.Stream.Write("two\n"u8);
            second.Complete();
        }

        Assert.Equal("one\ntwo\n", File.ReadAllText(Output));
        Assert.Single(Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public void AManifestThatAKillKeptFromReplacingTheLastOneGoesWithIt()
    {
        LeaveUnfinished();
        File.WriteAllText(Output + ".partial.json.next", "{\"format\":1,");
        using (ResumableOutput output = Open("a"))
            output.Complete();
        Assert.Single(Directory.GetFiles(_folder.Path));
    }

    [Theory]
    [InlineData("b")]
    [InlineData(null)]
    public void AnotherFingerprintBeginsAnew(string? fingerprint)
    {
        LeaveUnfinished();
        using ResumableOutput output = Open(fingerprint);
        Assert.Equal((OutputStart.Restarted, 0L, 0L), (output.Start, output.RecordsDone, output.Stream.Position));
        output.Complete();
        Assert.Equal("", File.ReadAllText(Output));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("not json")]
    [InlineData("{\"format\":1,\"fingerprint\":\"a\",\"records\":9,\"bytes\":4000,\"state\":null}")]
    [InlineData("{\"format\":2,\"fingerprint\":\"a\",\"records\":1,\"bytes\":4,\"state\":null}")]
    [InlineData("{\"format\":1,\"fingerprint\":\"a\",\"records\":1,\"bytes\":-4,\"state\":null}")]
    public void AManifestThatDoesNotFitIsNotTrusted(string manifest)
    {
        LeaveUnfinished();
        File.WriteAllText(Output + ".partial.json", manifest);
        using ResumableOutput output = Open("a");
        Assert.Equal(OutputStart.Restarted, output.Start);
    }

    [Fact]
    public void AFinishedOutputNeedsOverwriteAndStaysUntilTheNewOneIsComplete()
    {
        File.WriteAllText(Output, "old");
        OutputExistsException error = Assert.Throws<OutputExistsException>(() => Open("a"));
        Assert.Contains("--overwrite", error.Message, StringComparison.Ordinal);
        Assert.Contains(Output, error.Message, StringComparison.Ordinal);
        using ResumableOutput output = Open("a", overwrite: true);
        output.Stream.Write("new"u8);
        output.Save(1);
        Assert.Equal("old", File.ReadAllText(Output));
        output.Complete();
        Assert.Equal("new", File.ReadAllText(Output));
    }

    [Fact]
    public void TwoWritersOfOneOutputAreRefused()
    {
        using ResumableOutput first = Open("a");
        Assert.ThrowsAny<IOException>(() => Open("a"));
        first.Stream.Write("whole"u8);
        first.Complete();
        Assert.Equal("whole", File.ReadAllText(Output));
    }

    [Fact]
    public void WhatCannotBeContinuedIsNotLeftBehind()
    {
        using (ResumableOutput output = Open(null))
        {
            output.Stream.Write("half"u8);
            output.Save(1);
        }

        using (ResumableOutput output = Open("a"))
            output.Stream.Write("half"u8);
        Assert.Empty(Directory.GetFileSystemEntries(_folder.Path));
    }

    [Fact]
    public void ALinkIsFollowedAndStays()
    {
        string target = _folder.File("target.txt");
        File.WriteAllText(target, "old");
        File.CreateSymbolicLink(Output, target);
        AtomicFile.Write(Output, stream => stream.Write("new"u8), overwrite: true);
        Assert.Equal("new", File.ReadAllText(target));
        Assert.NotNull(new FileInfo(Output).LinkTarget);
    }

    [Fact]
    public void PathsThatCannotBeWrittenAreToldAndLeaveNothing()
    {
        File.WriteAllText(_folder.File("file"), "");
        Assert.ThrowsAny<IOException>(() => ResumableOutput.Open(_folder.File("none/out.txt")));
        Assert.ThrowsAny<IOException>(() => ResumableOutput.Open(_folder.Path));
        Assert.ThrowsAny<IOException>(() => ResumableOutput.Open(_folder.File("file/out.txt")));
        Assert.Single(Directory.GetFileSystemEntries(_folder.Path));
    }

    [Fact]
    public void AFullDeviceIsAnErrorThatNamesIt()
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "no /dev/full");
        IOException error = Assert.ThrowsAny<IOException>(() => AtomicFile.Write("/dev/full", stream => stream.Write("x"u8)));
        Assert.Contains("/dev/full", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void DevicesAreWrittenDirectly()
    {
        Assert.SkipUnless(File.Exists("/dev/null"), "no /dev/null");
        using ResumableOutput output = ResumableOutput.Open("/dev/null", new ResumableOutputOptions { Fingerprint = "a" });
        Assert.Equal(OutputStart.Direct, output.Start);
        output.Stream.Write("x"u8);
        output.Save(1);
        output.Complete();
        Assert.False(File.Exists("/dev/null.partial"));
        Assert.True(File.Exists("/dev/null"));
    }

    [Fact]
    public async Task NamedPipesAreWrittenDirectly()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/mkfifo"), "no mkfifo");
        string pipe = _folder.File("pipe");
        using (System.Diagnostics.Process make = System.Diagnostics.Process.Start("/usr/bin/mkfifo", [pipe]))
            await make.WaitForExitAsync(TestContext.Current.CancellationToken);
        Task<string> read = Task.Run(() => File.ReadAllText(pipe), TestContext.Current.CancellationToken);
        await Task.Run(() => AtomicFile.Write(pipe, stream => stream.Write("through"u8)), TestContext.Current.CancellationToken);
        Assert.Equal("through", await read);
        Assert.Single(Directory.GetFileSystemEntries(_folder.Path));
    }

    [Fact]
    public void FingerprintsKeepApartWhatDiffers()
    {
        static string Of(Action<OutputFingerprint> add)
        {
            using OutputFingerprint fingerprint = new();
            add(fingerprint);
            return fingerprint.ToString();
        }

        string[] all =
        [
            Of(_ => { }),
            Of(f => f.Add("ab", "c")),
            Of(f => f.Add("a", "bc")),
            Of(f => f.Add("a", null)),
            Of(f => f.Add("a", "")),
            Of(f => f.Add("a", "b").Add("c", "d")),
            Of(f => f.Add("c", "d").Add("a", "b")),
        ];
        Assert.Equal(all.Length, all.Distinct().Count());
        Assert.Equal(all[1], Of(f => f.Add("ab", "c")));
    }

    private ResumableOutput Open(string? fingerprint, bool overwrite = false) =>
        ResumableOutput.Open(Output, new ResumableOutputOptions { Fingerprint = fingerprint, Overwrite = overwrite });

    private void LeaveUnfinished()
    {
        using ResumableOutput output = Open("a");
        output.Stream.Write(Encoding.UTF8.GetBytes("one\n"));
        output.Save(1);
    }
}
