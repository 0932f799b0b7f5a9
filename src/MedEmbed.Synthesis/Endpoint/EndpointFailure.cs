namespace MedEmbed.Synthesis.Endpoint;

/// <summary>What went wrong with a request. The names, in snake case, stand in reports.</summary>
public enum EndpointFailure
{
    /// <summary>Too many requests (429).</summary>
    RateLimited,

    /// <summary>The server failed (5xx), or was not ready.</summary>
    ServerError,

    /// <summary>No answer began in time (also 408).</summary>
    TimedOut,

    /// <summary>The answer began, and no more of it came.</summary>
    Stalled,

    /// <summary>No connection, or it broke.</summary>
    Connection,

    /// <summary>The answer was no chat completion.</summary>
    Malformed,

    /// <summary>The request was refused as it is (400, 413, 422), and would be again.</summary>
    RequestRefused,

    /// <summary>Key, model, path or quota are wrong (401, 403, 404, 402, quota used up): no request can succeed.</summary>
    NotAllowed,

    /// <summary>The server's certificate is not trusted: no request is sent.</summary>
    Certificate,
}
