using MedEmbed.Synthesis.Endpoint;
using Microsoft.Extensions.AI;

namespace MedEmbed.Synthesis.Tests.Endpoint;

public sealed class EndpointGuardTests
{
    [Theory, InlineData("http://localhost:8000/v1"), InlineData("http://127.0.0.1:1/"), InlineData("https://[::1]:8000/v1"), InlineData("http://127.9.9.9/v1")]
    public void ThisMachineIsAskedFreely(string address) => EndpointGuard.Require(new EndpointOptions { Address = new Uri(address) });

    [Theory, InlineData("https://api.openai.com/v1"), InlineData("http://10.0.0.7:8000/v1"), InlineData("http://localhost.example.org/v1"), InlineData("http://0.0.0.0:8000/v1")]
    public void AnotherMachineNeedsPermissionAndIsToldWhatLeaves(string address)
    {
        var options = new EndpointOptions { Address = new Uri(address) };
        ArgumentException error = Assert.Throws<ArgumentException>(() => EndpointGuard.Require(options));
        Assert.Contains("--allow-remote", error.Message, StringComparison.Ordinal);
        Assert.Contains("the full text of every note", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => ChatEndpoint.Create(options, "m"));
        EndpointGuard.Require(options with { AllowRemote = true });
    }

    [Theory, InlineData("ftp://localhost/"), InlineData("http://user:secret@localhost/v1")]
    public void AnAddressWithoutHttpOrWithPasswordIsRefused(string address) => Assert.Throws<ArgumentException>(() => new EndpointOptions { Address = new Uri(address) });

    [Fact]
    public async Task TheKeyAndTheAddressQueryGoWithTheRequest()
    {
        using var server = new FakeEndpoint(_ => FakeReply.Text("hello"));
        using IChatClient client = ChatEndpoint.Create(new EndpointOptions { Address = new Uri(server.Address + "?api-version=7"), ApiKey = "k-1" }, "m");
        Assert.Equal("hello", (await client.GetResponseAsync("hi", cancellationToken: TestContext.Current.CancellationToken)).Text);
        FakeRequest request = server.Requests.Single();
        Assert.Equal("/v1/chat/completions?api-version=7", request.Target);
        Assert.Equal("Bearer k-1", request.Headers["Authorization"]);
    }

    [Fact]
    public async Task WithoutKeyNoneIsSent()
    {
        using var server = new FakeEndpoint(_ => FakeReply.Text("hello"));
        using IChatClient client = ChatEndpoint.Create(new EndpointOptions { Address = server.Address }, "m");
        await client.GetResponseAsync("hi", cancellationToken: TestContext.Current.CancellationToken);
        Assert.False(server.Requests.Single().Headers.ContainsKey("Authorization"));
    }
}
