using System.Net;

namespace MedEmbed.Hub;

/// <summary>A response after redirects, with what the hub itself said on the way.</summary>
internal sealed class HubResponse(HttpResponseMessage message, string? commit, string? linkedETag) : IDisposable
{
    public HttpStatusCode Status => message.StatusCode;

    public HttpContent Content => message.Content;

    /// <summary><c>X-Repo-Commit</c>: the commit the hub served from.</summary>
    public string? Commit { get; } = commit;

    /// <summary>The digest in <c>X-Linked-ETag</c>, which the hub gives for files in large file storage; a content network's own ETag is something
    /// else.</summary>
    public string? LinkedETag { get; } = linkedETag;

    public void Dispose() => message.Dispose();
}
