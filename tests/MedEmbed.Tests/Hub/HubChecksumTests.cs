using MedEmbed.Hub;

namespace MedEmbed.Tests.Hub;

public class HubChecksumTests
{
    // What `printf 'hello\n' | git hash-object --stdin` and `sha256sum` print; the empty file's are well known.
    [Theory]
    [InlineData("hello\n", "ce013625030ba8dba906f756967f9e9ca394464a")]
    [InlineData("hello\n", "5891b5b522d5df086d0ff0b110fbd9d21bb4fc7163af34d08286a2e846f6be03")]
    [InlineData("", "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391")]
    [InlineData("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    public async Task ChecksumMatchesItsContentAndNoOther(string content, string hex)
    {
        using var folder = new TemporaryFolder();
        var checksum = HubChecksum.TryParse(hex.ToUpperInvariant());
        Assert.NotNull(checksum);
        await File.WriteAllTextAsync(folder.File("same"), content, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(folder.File("other"), content + "x", TestContext.Current.CancellationToken);
        Assert.True(await checksum.MatchesAsync(folder.File("same"), TestContext.Current.CancellationToken));
        Assert.False(await checksum.MatchesAsync(folder.File("other"), TestContext.Current.CancellationToken));
    }

    [Theory, InlineData(null), InlineData(""), InlineData("ce01"), InlineData("xe013625030ba8dba906f756967f9e9ca394464a")]
    public void OtherTextIsNoChecksum(string? text) => Assert.Null(HubChecksum.TryParse(text));
}
