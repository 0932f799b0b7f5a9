using MedEmbed.Hub;

namespace MedEmbed.Tests.Hub;

public class HubIdTests
{
    [Theory]
    [InlineData("BAAI/bge-small-en-v1.5", "BAAI", "bge-small-en-v1.5", "main")]
    [InlineData("a/b@v1.0", "a", "b", "v1.0")]
    [InlineData("a/b@refs/pr/1", "a", "b", "refs/pr/1")]
    public void IdIsOwnerNameAndRevision(string text, string owner, string name, string revision)
    {
        var id = HubId.Parse(text);
        Assert.Equal((owner, name, revision), (id.Owner, id.Name, id.Revision));
        Assert.Equal(text, id.ToString());
    }

    [Theory]
    [InlineData("bge-small"), InlineData("a/b/c"), InlineData("/b"), InlineData("a/"), InlineData("a/b@"), InlineData("../b"), InlineData("a/..")]
    [InlineData("a/b--c"), InlineData("a/-b"), InlineData("a/b."), InlineData("a/b c"), InlineData("a/b\0"), InlineData("a/ü")]
    [InlineData("a/b@../x"), InlineData("a/b@x y"), InlineData("a\\b"), InlineData("")]
    public void AnythingElseIsNoId(string text) => Assert.Throws<FormatException>(() => HubId.Parse(text));

    [Fact]
    public void OnlyACommitIsPinned()
    {
        Assert.True(HubId.Parse("a/b@" + new string('f', 40)).IsPinned);
        Assert.False(HubId.Parse("a/b@" + new string('g', 40)).IsPinned);
        Assert.False(HubId.Parse("a/b").IsPinned);
    }
}
