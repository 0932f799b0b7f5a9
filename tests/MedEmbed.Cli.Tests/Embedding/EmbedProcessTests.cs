using System.Globalization;
using System.Text.Json;
using MedEmbed.Cli.Tests.Running;

namespace MedEmbed.Cli.Tests.Embedding;

/// <summary>What only a process shows: pipes, full disks, cultures.</summary>
public sealed class EmbedProcessTests(TinyModelFixture tiny) : IClassFixture<TinyModelFixture>, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task AReaderThatHasHadEnoughEndsTheRunWithoutAnError()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "needs a shell");
        string corpus = Corpus.Write(_folder.File("corpus.jsonl"), 3000);
        using MedembedProcess shell = MedembedProcess.StartShell(
            tiny.Cache, $"{{ $medembed embed {corpus} --model {tiny.Model}; echo \"code $?\" >&2; }} | head -n 1");
        CommandResult result = (await shell.FinishAsync()).Expect(0);
        Assert.Single(result.Lines);
        Assert.Equal("code 0", result.Error.Trim());
    }

    [Fact]
    public async Task RunsMayAppendToOneFile()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "needs a shell");
        string both = _folder.File("both.jsonl");
        using MedembedProcess shell = MedembedProcess.StartShell(
            tiny.Cache, $"{{ echo asthma | $medembed embed --model {tiny.Model}; echo gout | $medembed embed --model {tiny.Model}; }} > {both}");
        (await shell.FinishAsync()).Expect(0);
        Assert.Equal(2, File.ReadLines(both).Count(line => JsonSerializer.Deserialize<JsonElement>(line).GetProperty("_id").GetString() == "0"));
    }

    [Fact]
    public async Task AFullDiskIsAFailureThatSaysSo()
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "needs /dev/full");
        CommandResult result = await tiny.Medembed.WithInput("asthma\n").RunAsync("embed", "--model", tiny.Model, "--output", "/dev/full");
        Assert.Contains("No space left on device", result.Expect(1).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AFolderThatMayNotBeWrittenIsAFailureThatNamesIt()
    {
        Assert.SkipUnless(Directory.Exists("/proc/self"), "needs a folder that nobody can write to");
        CommandResult result = await tiny.Medembed.WithInput("asthma\n").RunAsync("tokenize", "--model", tiny.Model, "--output", "/sys/ids.jsonl");
        Assert.Contains("/sys/ids.jsonl", result.Expect(1).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task NumbersAreTheSameInATurkishLocale()
    {
        string corpus = Corpus.Write(_folder.File("corpus.jsonl"), 20);
        string[] arguments = ["embed", corpus, "--model", tiny.Model];
        using MedembedProcess plain = MedembedProcess.Start(tiny.Cache, arguments);
        using MedembedProcess turkish = MedembedProcess.Start(tiny.Cache, arguments, ("LC_ALL", "tr_TR.UTF-8"), ("LANG", "tr_TR.UTF-8"));
        CommandResult expected = (await plain.FinishAsync()).Expect(0);
        Assert.Equal(expected.Output, (await turkish.FinishAsync()).Expect(0).Output);
    }

    [Fact]
    public async Task NumbersAreTheSameWithADecimalComma()
    {
        string corpus = Corpus.Write(_folder.File("corpus.jsonl"), 20);
        string[] arguments = ["embed", corpus, "--model", tiny.Model];
        CommandResult expected = (await tiny.Medembed.RunAsync(arguments)).Expect(0);
        CultureInfo usual = CultureInfo.CurrentCulture;
        var comma = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        (comma.NumberFormat.NumberDecimalSeparator, comma.NumberFormat.NumberGroupSeparator, comma.NumberFormat.NegativeSign) = (",", ".", "~");
        try
        {
            CultureInfo.CurrentCulture = comma;
            Assert.Equal(expected.Output, (await tiny.Medembed.RunAsync(arguments)).Expect(0).Output);
        }
        finally
        {
            CultureInfo.CurrentCulture = usual;
        }
    }
}
