using CsCheck;
using MedEmbed.Hub;

namespace MedEmbed.Tests.Hub;

public class HubListingTests
{
    private const string Blob = "\"blobId\":\"ce013625030ba8dba906f756967f9e9ca394464a\"";

    [Theory]
    [InlineData("../../.ssh/authorized_keys")]
    [InlineData("1_Pooling/../../config.json")]
    [InlineData("/etc/passwd")]
    [InlineData("..\\\\config.json")]
    [InlineData("C:/config.json")]
    [InlineData("c:config.json")]
    [InlineData("config\\u0000.json")]
    [InlineData("config\\n.json")]
    [InlineData("a//b")]
    [InlineData("./config.json")]
    [InlineData("")]
    public void RepositoryWithAnUnsafePathIsRefused(string path)
    {
        var error = Assert.Throws<HubException>(() => Parse($$"""{"rfilename":"{{path}}","size":6,{{Blob}}}"""));
        Assert.Equal(HubFailure.Refused, error.Failure);
        Assert.DoesNotContain('\0', error.Message);
    }

    [Theory]
    [InlineData("""{"rfilename":"a","size":6}""")]
    [InlineData("""{"rfilename":"a","size":-1,"blobId":"ce013625030ba8dba906f756967f9e9ca394464a"}""")]
    [InlineData("""{"rfilename":"a","blobId":"ce013625030ba8dba906f756967f9e9ca394464a"}""")]
    [InlineData("""{"rfilename":"a","size":6,"blobId":"ce01"}""")]
    [InlineData("""{"rfilename":"a","size":6,"blobId":"ce013625030ba8dba906f756967f9e9ca394464a","lfs":{"size":6}}""")]
    [InlineData("""{"size":6,"blobId":"ce013625030ba8dba906f756967f9e9ca394464a"}""")]
    [InlineData("""{"rfilename":"a","size":6,"blobId":"ce013625030ba8dba906f756967f9e9ca394464a"},{"rfilename":"a","size":6,"blobId":"ce013625030ba8dba906f756967f9e9ca394464a"}""")]
    [InlineData("7")]
    [InlineData("{")]
    public void FileThatCannotBeCheckedIsRefused(string siblings) =>
        Assert.Equal(HubFailure.Refused, Assert.Throws<HubException>(() => Parse(siblings)).Failure);

    [Theory, InlineData("""{"siblings":[]}"""), InlineData("""{"sha":"../x","siblings":[]}""")]
    [InlineData("""{"sha":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}"""), InlineData("[]"), InlineData("<html>")]
    public void AnswerThatIsNoListingIsRefused(string json) =>
        Assert.Equal(HubFailure.Refused, Assert.Throws<HubException>(() => HubListing.Parse(LoopbackHub.Id, System.Text.Encoding.UTF8.GetBytes(json))).Failure);

    [Fact]
    public void OtherCommitThanThePinnedOneIsRefused()
    {
        byte[] json = System.Text.Encoding.UTF8.GetBytes($$"""{"sha":"{{new string('a', 40)}}","siblings":[]}""");
        Assert.Equal(HubFailure.Refused, Assert.Throws<HubException>(() => HubListing.Parse(LoopbackHub.Id.At(new string('b', 40)), json)).Failure);
        Assert.Empty(HubListing.Parse(LoopbackHub.Id.At(new string('a', 40)), json).Files);
    }

    [Fact]
    public void PathWithoutFaultStaysBelowItsFolder()
    {
        string root = Path.GetFullPath(Path.Combine(Path.GetTempPath(), "root"));
        Gen.Char["./\\:ab\0\n"].Array[1, 8].Select(characters => new string(characters))
            .Sample(path => HubPath.Fault(path) is not null || Path.GetFullPath(Path.Combine(root, path)) == Path.Join(root, path.Replace('/', Path.DirectorySeparatorChar)));
    }

    private static HubRepository Parse(string siblings) =>
        HubListing.Parse(LoopbackHub.Id, System.Text.Encoding.UTF8.GetBytes($$"""{"sha":"{{new string('a', 40)}}","siblings":[{{siblings}}]}"""));
}
