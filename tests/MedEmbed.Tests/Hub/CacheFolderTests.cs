namespace MedEmbed.Tests.Hub;

public class CacheFolderTests
{
    [Fact]
    public void OwnVariableGoesFirst() =>
        Assert.Equal(Path.GetFullPath("/srv/cache"), For(("MEDEMBED_CACHE", "/srv/cache"), ("XDG_CACHE_HOME", "/xdg"), ("HOME", "/home/me")));

    [Fact]
    public void XdgFolderGoesBeforeHome()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "XDG folders are not used on Windows");
        Assert.Equal("/xdg/medembed", For(("XDG_CACHE_HOME", "/xdg"), ("HOME", "/home/me")));
        Assert.Equal("/home/me/.cache/medembed", For(("HOME", "/home/me")));
    }

    [Theory, InlineData(""), InlineData("relative")]
    public void EmptyOrRelativeXdgFolderIsPassedOver(string xdg)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "XDG folders are not used on Windows");
        Assert.Equal("/home/me/.cache/medembed", For(("MEDEMBED_CACHE", ""), ("XDG_CACHE_HOME", xdg), ("HOME", "/home/me")));
    }

    [Fact]
    public void FolderIsAlwaysAFullPath() => Assert.True(Path.IsPathFullyQualified(CacheFolder.For(_ => null)));

    private static string For(params (string Name, string Value)[] variables) =>
        CacheFolder.For(variables.ToDictionary(v => v.Name, v => (string?)v.Value).GetValueOrDefault);
}
