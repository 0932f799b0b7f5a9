using System.Globalization;
using System.Net;
using System.Net.Http.Headers;

namespace MedEmbed.Hub;

/// <summary>Turns a refusing answer into an error that says what to do, or into one that another attempt may mend.</summary>
internal static class HubFault
{
    /// <summary>The error for a status that is neither success nor redirect.</summary>
    /// <param name="response">The answer.</param>
    /// <param name="what">The repository or file asked for.</param>
    /// <param name="ownOrigin">Whether the hub itself answered, not a content network.</param>
    /// <param name="options">Endpoint and token, for the remedy.</param>
    /// <param name="time">The clock that a date in <c>Retry-After</c> is compared with.</param>
    public static Exception From(HttpResponseMessage response, string what, bool ownOrigin, HubOptions options, TimeProvider time)
    {
        int status = (int)response.StatusCode;
        string answer = string.Create(CultureInfo.InvariantCulture, $"the server answered {status} {response.ReasonPhrase}").TrimEnd();

        // A content network refuses a signed address that has run out; the hub gives a new one at the next attempt.
        if (!ownOrigin || status >= 500 || response.StatusCode is HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout)
            return new TransientFault(answer, Wait(response.Headers.RetryAfter, time));

        string? code = response.Headers.TryGetValues("X-Error-Code", out var codes) ? codes.FirstOrDefault() : null;
        string host = HubAddress.Display(options.Endpoint).TrimEnd('/');
        return (response.StatusCode, code) switch
        {
            (_, "GatedRepo") or (HttpStatusCode.Forbidden, _) => new HubException(HubFailure.Forbidden,
                $"{what}: {answer}. The repository is gated or closed to this token: accept its terms on {host} and set HF_TOKEN to a token that may read it."),
            (_, "RevisionNotFound") => new HubException(HubFailure.NotFound,
                $"{what}: {host} has no such revision. Give a branch, a tag or a commit that exists, as owner/name@revision."),
            (_, "EntryNotFound") => new HubException(HubFailure.NotFound, $"{what}: {host} has no such file at this revision."),

            // The hub answers 401 for repositories that do not exist, so as not to tell which private ones do.
            (HttpStatusCode.Unauthorized, _) when options.Token is null => new HubException(HubFailure.Unauthorized,
                $"{what}: {answer}. There is no such public repository on {host}: check the spelling, or set HF_TOKEN if it is private."),
            (HttpStatusCode.Unauthorized, _) => new HubException(HubFailure.Unauthorized,
                $"{what}: {answer}. {host} does not accept the token in HF_TOKEN for it: check the spelling, or renew the token."),
            (HttpStatusCode.NotFound or HttpStatusCode.Gone, _) => new HubException(HubFailure.NotFound,
                $"{what}: not found on {host}. Check the spelling (owner/name), or set HF_TOKEN if it is private."),
            _ => new HubException(HubFailure.Unreachable, $"{what}: {answer}."),
        };
    }

    private static TimeSpan? Wait(RetryConditionHeaderValue? retryAfter, TimeProvider time) =>
        retryAfter?.Delta ?? (retryAfter?.Date is { } date ? TimeSpan.FromTicks(Math.Max(0, (date - time.GetUtcNow()).Ticks)) : null);
}
