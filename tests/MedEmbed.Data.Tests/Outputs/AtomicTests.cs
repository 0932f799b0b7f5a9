using System.Diagnostics;
using MedEmbed.Data.Outputs;

namespace MedEmbed.Data.Tests.Outputs;

public sealed class AtomicTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task AFileThatFailsOnTheWayLeavesTheOldOne()
    {
        string path = _folder.File("a.json");
        AtomicFile.Write(path, stream => stream.Write("old"u8));
        Assert.Throws<InvalidOperationException>(() => AtomicFile.Write(
            path,
            stream =>
            {
                stream.Write(new byte[1 << 20]);
                throw new InvalidOperationException();
            },
            overwrite: true));
        Assert.Throws<OutputExistsException>(() => AtomicFile.Write(path, _ => { }));
        Assert.Equal("old", await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken));
        Assert.Single(Directory.GetFiles(_folder.Path));
        await AtomicFile.WriteAsync(path, async (stream, token) => await stream.WriteAsync("new"u8.ToArray(), token), overwrite: true, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal("new", await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken));
    }

    [Fact]
    public void AFolderTakesItsNameWhenItIsComplete()
    {
        string path = _folder.File("model");
        using (AtomicFolder folder = AtomicFolder.Open(path))
        {
            File.WriteAllText(Path.Combine(folder.Path, "config.json"), "{}");
            Assert.False(Directory.Exists(path));
            folder.Complete();
        }

        Assert.Equal(["config.json"], Directory.GetFiles(path).Select(Path.GetFileName));
        Assert.Throws<OutputExistsException>(() => AtomicFolder.Open(path));
        using (AtomicFolder dropped = AtomicFolder.Open(path, overwrite: true))
            File.WriteAllText(Path.Combine(dropped.Path, "other"), "");
        Assert.Equal(["config.json"], Directory.GetFiles(path).Select(Path.GetFileName));
        using (AtomicFolder folder = AtomicFolder.Open(path + "/", overwrite: true))
        {
            File.WriteAllText(Path.Combine(folder.Path, "new"), "");
            folder.Complete();
        }

        Assert.Equal(["new"], Directory.GetFiles(path).Select(Path.GetFileName));
        Assert.Equal([path], Directory.GetFileSystemEntries(_folder.Path));
    }

    [Fact]
    public void AResumableFolderKeepsItsFilesForTheNextRun()
    {
        string path = _folder.File("model");
        using (AtomicFolder first = AtomicFolder.Open(path, resumable: true))
        {
            Assert.False(first.Continued);
            File.WriteAllText(Path.Combine(first.Path, "checkpoint"), "");
        }

        using AtomicFolder second = AtomicFolder.Open(path, resumable: true);
        Assert.True(second.Continued);
        Assert.True(File.Exists(Path.Combine(second.Path, "checkpoint")));
    }

    [Fact]
    public void AKillBetweenTheTwoRenamesLosesNothing()
    {
        string path = _folder.File("model");
        Directory.CreateDirectory(path + ".replaced");
        File.WriteAllText(Path.Combine(path + ".replaced", "old"), "");
        Assert.Throws<OutputExistsException>(() => AtomicFolder.Open(path));
        Assert.True(File.Exists(Path.Combine(path, "old")));
    }

    [Fact]
    public async Task AFullDiskLeavesNothingUnderTheFinalNameAndCanBeContinued()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.UserName == "root", "mounting needs Linux and root");
        string mount = _folder.File("disk");
        Directory.CreateDirectory(mount);
        Assert.SkipUnless(await RunAsync("mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", mount) == 0, "mounting is not allowed here");
        try
        {
            string path = Path.Combine(mount, "out");
            IOException error = Assert.ThrowsAny<IOException>(() => AtomicFile.Write(path, stream => stream.Write(new byte[1 << 20])));
            Assert.Contains(path, error.Message, StringComparison.Ordinal);
            Assert.Empty(Directory.GetFileSystemEntries(mount));

            ResumableOutputOptions options = new() { Fingerprint = "a" };
            using (ResumableOutput output = ResumableOutput.Open(path, options))
            {
                output.Stream.Write(new byte[100_000]);
                output.Save(1);
                Assert.ThrowsAny<IOException>(() =>
                {
                    output.Stream.Write(new byte[1 << 20]);
                    output.Save(2);
                });
            }

            Assert.False(File.Exists(path));
            using (ResumableOutput output = ResumableOutput.Open(path, options))
            {
                Assert.Equal((1L, 100_000L), (output.RecordsDone, output.Stream.Position));
                output.Complete();
            }

            Assert.Equal(100_000, new FileInfo(path).Length);
        }
        finally
        {
            await RunAsync("umount", mount);
        }
    }

    private static async Task<int> RunAsync(string program, params string[] arguments)
    {
        using Process process = Process.Start(program, arguments);
        await process.WaitForExitAsync();
        return process.ExitCode;
    }
}
