using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using MedEmbed.Synthesis.Endpoint;
using MedEmbed.Synthesis.Generation;
using MedEmbed.Synthesis.Tests.Endpoint;

namespace MedEmbed.Synthesis.Tests.Generation;

public sealed class MisbehavingEndpointTests
{
    private const string Patient = "the note says chest pain";

    [Fact]
    public async Task AGoodAnswerBecomesPairs()
    {
        using var run = new FakeRun(Good);
        GenerationReport report = await run.RunAsync();
        Assert.Equal((2, 0), (report.Pairs, report.Problems.Count));
        JsonElement pair = run.Pairs[0];
        Assert.Equal("how long did the coughing last", pair.GetProperty("query").GetString());
        Assert.Equal("The woman has had a dry cough for 2 weeks.", pair.GetProperty("positive").GetString());
        Assert.Equal(("n0-q1", "lay", "n0", 0.9), (pair.GetProperty("query_id").GetString(), pair.GetProperty("query_type").GetString(), pair.GetProperty("note_id").GetString(), pair.GetProperty("relevance").GetDouble()));
        Assert.StartsWith("llm:fake prompts:1+", pair.GetProperty("source").GetString(), StringComparison.Ordinal);
        Assert.Equal((10, 5), (run.Statistics.InputTokens, run.Statistics.OutputTokens));
        Assert.Equal("json_schema", run.Server.Requests.Single().ResponseFormat);
    }

    [Theory, InlineData(429, EndpointFailure.RateLimited), InlineData(500, EndpointFailure.ServerError), InlineData(503, EndpointFailure.ServerError), InlineData(408, EndpointFailure.TimedOut)]
    public async Task AFailureThatPassesIsCountedAndAskedAgain(int status, EndpointFailure failure)
    {
        using var run = new FakeRun(request => request.Number <= 2 ? FakeReply.Error(status) : Good(request));
        GenerationReport report = await run.RunAsync();
        Assert.Equal(2, report.Pairs);
        Assert.Equal(2, run.Statistics.Failures[failure]);
        Assert.Equal(3, run.Server.Requests.Count);
    }

    [Fact]
    public async Task RetryAfterIsWaitedFor()
    {
        long first = 0, second = 0;
        using var run = new FakeRun(request =>
        {
            if (request.Number == 1)
            {
                first = TimeProvider.System.GetTimestamp();
                return FakeReply.Error(429, "", ("Retry-After", "1"));
            }

            second = TimeProvider.System.GetTimestamp();
            return Good(request);
        });
        await run.RunAsync();
        Assert.True(TimeProvider.System.GetElapsedTime(first, second) >= TimeSpan.FromSeconds(0.95), "the second request came before Retry-After was over");
    }

    [Fact]
    public async Task AnEndpointThatGoesOnFailingCostsItsNoteAlone()
    {
        using var run = new FakeRun(request => request.Messages[1].Contains("for 3 weeks", StringComparison.Ordinal) ? FakeReply.Error(500) : Good(request));
        GenerationReport report = await run.RunAsync(notes: 3);
        Assert.Equal((4, 1), (report.Pairs, report.PartsWithoutAnswer));
        Assert.Equal(4, run.Statistics.Failures[EndpointFailure.ServerError]);
        JsonElement rejected = run.Rejected.Single();
        Assert.Equal(("n1", "endpoint"), (rejected.GetProperty("note_id").GetString(), rejected.GetProperty("reason").GetString()));
    }

    [Fact]
    public async Task SeveralFailuresInARowEndTheRunAndKeepWhatWasAnswered()
    {
        using var run = new FakeRun(request => request.Messages[1].Contains("for 2 weeks", StringComparison.Ordinal) ? Good(request) : FakeReply.Error(500));
        run.Endpoint = FakeRun.Defaults(run.Server.Address) with { MaxRetries = 0, Concurrency = 1 };
        EndpointException error = await Assert.ThrowsAsync<EndpointException>(() => run.RunAsync(notes: 20));
        Assert.Contains("5 notes in a row", error.Message, StringComparison.Ordinal);
        Assert.Single(run.StoredLines);
        Assert.False(Path.Exists(run.Output));
        Assert.False(Path.Exists(run.Output + ".partial"));
    }

    [Theory, InlineData(401), InlineData(403), InlineData(404)]
    public async Task WhatNoRequestCanMendEndsTheRunAtOnce(int status)
    {
        using var run = new FakeRun(_ => FakeReply.Error(status, "wrong"));
        run.Endpoint = FakeRun.Defaults(run.Server.Address) with { Concurrency = 1 };
        EndpointException error = await Assert.ThrowsAsync<EndpointException>(() => run.RunAsync(notes: 10));
        Assert.Equal(EndpointFailure.NotAllowed, error.Failure);
        Assert.InRange(run.Server.Requests.Count, 1, 2);
    }

    [Fact]
    public async Task AnErrorMessageOfTheEndpointIsNotTold()
    {
        using var run = new FakeRun(_ => FakeReply.Error(401, "invalid_key"));
        EndpointException error = await Assert.ThrowsAsync<EndpointException>(() => run.RunAsync());
        Assert.Contains("invalid_key", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Patient, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AUsedUpQuotaIsNotAskedAgain()
    {
        using var run = new FakeRun(_ => FakeReply.Error(429, "insufficient_quota"));
        await Assert.ThrowsAsync<EndpointException>(() => run.RunAsync());
        Assert.Single(run.Server.Requests);
    }

    [Fact]
    public async Task ARefusedRequestIsNotRepeated()
    {
        using var run = new FakeRun(_ => FakeReply.Error(400, "context_length_exceeded"));
        GenerationReport report = await run.RunAsync();
        Assert.Equal((0, 1), (report.Pairs, report.PartsWithoutAnswer));
        Assert.Single(run.Server.Requests);
        Assert.Contains("context_length_exceeded", run.Rejected.Single().GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnEndpointWithoutSchemasIsAskedForLessFromThenOn()
    {
        using var run = new FakeRun(request => request.ResponseFormat switch
        {
            "json_schema" or "json_object" => FakeReply.Error(400, "response_format_not_supported"),
            _ => Good(request),
        });
        run.Endpoint = FakeRun.Defaults(run.Server.Address) with { Concurrency = 1 };
        GenerationReport report = await run.RunAsync(notes: 4);
        Assert.Equal(8, report.Pairs);
        Assert.Equal(2 + 4, run.Server.Requests.Count);
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task AnEndpointThatNeverAnswersTimesOut(bool stream)
    {
        using var run = new FakeRun(request => request.Number == 1 ? new FakeReply { Silent = true } : Good(request));
        run.Endpoint = FakeRun.Defaults(run.Server.Address) with { Timeout = TimeSpan.FromSeconds(2), Stream = stream };
        GenerationReport report = await run.RunAsync();
        Assert.Equal(2, report.Pairs);
        Assert.True(run.Statistics.Failures[EndpointFailure.TimedOut] >= 1);
    }

    [Fact]
    public async Task AStreamThatStallsIsGivenUp()
    {
        using var run = new FakeRun(request => request.Number == 1 ? Good(request) with { Stall = true } : Good(request));
        run.Endpoint = FakeRun.Defaults(run.Server.Address) with { StallTimeout = TimeSpan.FromSeconds(2) };
        GenerationReport report = await run.RunAsync();
        Assert.Equal(2, report.Pairs);
        Assert.True(run.Statistics.Failures[EndpointFailure.Stalled] >= 1);
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task AConnectionThatBreaksIsTriedAgain(bool stream)
    {
        using var run = new FakeRun(request => request.Number == 1 ? Good(request) with { Break = true } : Good(request));
        run.Endpoint = FakeRun.Defaults(run.Server.Address) with { Stream = stream };
        GenerationReport report = await run.RunAsync();
        Assert.Equal((2, 1), (report.Pairs, run.Statistics.Failures[EndpointFailure.Connection]));
    }

    [Fact]
    public async Task ABodyThatIsNoCompletionIsMalformed()
    {
        using var run = new FakeRun(request => request.Number == 1 ? new FakeReply { Raw = "<html>It works!</html>" } : Good(request));
        run.Endpoint = FakeRun.Defaults(run.Server.Address) with { Stream = false };
        GenerationReport report = await run.RunAsync();
        Assert.Equal((2, 1), (report.Pairs, run.Statistics.Failures[EndpointFailure.Malformed]));
    }

    [Fact]
    public async Task AnUntrustedCertificateEndsTheRunBeforeAnythingIsSent()
    {
        using var key = RSA.Create(2048);
        using X509Certificate2 certificate = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            .CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        using X509Certificate2 usable = X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pfx), null);
        using var server = new FakeEndpoint(Good, usable);
        using var run = new FakeRun(Good) { Endpoint = FakeRun.Defaults(server.Address) };
        EndpointException error = await Assert.ThrowsAsync<EndpointException>(() => run.RunAsync());
        Assert.Equal(EndpointFailure.Certificate, error.Failure);
        Assert.Equal(1, run.Statistics.Failures[EndpointFailure.Certificate]);
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task ARedirectIsNotFollowed()
    {
        using var other = new FakeEndpoint(Good);
        using var run = new FakeRun(_ => FakeReply.Error((int)HttpStatusCode.TemporaryRedirect, "", ("Location", other.Address + "/chat/completions")));
        run.Endpoint = FakeRun.Defaults(run.Server.Address) with { MaxRetries = 0 };
        GenerationReport report = await run.RunAsync();
        Assert.Equal(0, report.Pairs);
        Assert.Empty(other.Requests);
    }

    [Fact]
    public async Task NothingListeningIsSaid()
    {
        Uri gone;
        using (var server = new FakeEndpoint(Good))
            gone = server.Address;
        using var run = new FakeRun(Good) { Endpoint = FakeRun.Defaults(gone) with { MaxRetries = 1 } };
        await run.RunAsync();
        Assert.Equal(2, run.Statistics.Failures[EndpointFailure.Connection]);
        Assert.Contains("nothing listens there", run.Rejected.Single().GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    private static FakeReply Good(FakeRequest request) => FakeReply.Text(TestNotes.Answer(request.Messages[1]));
}
