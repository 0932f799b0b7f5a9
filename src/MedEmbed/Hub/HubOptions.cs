namespace MedEmbed.Hub;

/// <summary>Where a hub is and how patiently it is asked. Immutable; <see cref="HubClient"/> validates it once. Its text form leaves the token out.</summary>
public sealed record HubOptions
{
    /// <summary>The variable that, at 1 or true, forbids the network.</summary>
    public const string OfflineVariable = "MEDEMBED_OFFLINE";

    /// <summary>The hub's address. HTTPS, except for a loopback host.</summary>
    public Uri Endpoint { get; init; } = new("https://huggingface.co");

    /// <summary>Sent as a bearer token to the endpoint's own scheme, host and port, and nowhere else; null sends none.</summary>
    public string? Token { get; init; }

    /// <summary>Forbids every request.</summary>
    public bool Offline { get; init; }

    /// <summary>The branch, tag or commit that is meant where an id names none.</summary>
    public string Revision { get; init; } = HubId.DefaultRevision;

    /// <summary>Attempts in a row that may fail without getting further before a request is given up; at least 0 retries.</summary>
    public int Retries { get; init; } = 6;

    /// <summary>The wait before the first retry; it doubles with each, up to <see cref="MaximumDelay"/>.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromSeconds(0.5);

    /// <summary>The longest wait before a retry. A hub that asks for more (<c>Retry-After</c>) ends the request with an error that says so.</summary>
    public TimeSpan MaximumDelay { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>How long the connection and the response's headers may take.</summary>
    public TimeSpan ResponseTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a body may stand still before the connection counts as dropped.</summary>
    public TimeSpan StallTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>The largest file that is accepted, in bytes.</summary>
    public long MaximumFileSize { get; init; } = 16L << 30;

    /// <summary>Reads <c>MEDEMBED_HUB_ENDPOINT</c> (else <c>HF_ENDPOINT</c>), <c>HF_TOKEN</c> and <c>MEDEMBED_OFFLINE</c> (or <c>HF_HUB_OFFLINE</c>).</summary>
    /// <param name="environment">Gives a variable's value, or null; this process's environment where it is null itself.</param>
    /// <exception cref="FormatException">The endpoint is no absolute address.</exception>
    public static HubOptions FromEnvironment(Func<string, string?>? environment = null)
    {
        environment ??= Environment.GetEnvironmentVariable;
        var options = new HubOptions
        {
            Token = environment("HF_TOKEN")?.Trim() is { Length: > 0 } token ? token : null,
            Offline = IsOn(environment(OfflineVariable)) || IsOn(environment("HF_HUB_OFFLINE")),
        };
        foreach (string variable in (string[])["MEDEMBED_HUB_ENDPOINT", "HF_ENDPOINT"])
        {
            if (environment(variable) is not { Length: > 0 } endpoint)
                continue;
            return Uri.TryCreate(endpoint, UriKind.Absolute, out var uri)
                ? options with { Endpoint = uri }
                : throw new FormatException($"{variable}: \"{endpoint}\" is not an address. Give one such as https://huggingface.co, or unset it.");
        }

        return options;
    }

    /// <inheritdoc/>
    public override string ToString() =>
        $"{nameof(HubOptions)} {{ Endpoint = {HubAddress.Display(Endpoint)}, Revision = {Revision}, "
        + $"Offline = {Offline}, Token = {(Token is null ? "none" : "set")} }}";

    internal void Validate()
    {
        if (!HubAddress.IsAllowed(Endpoint, Endpoint))
        {
            throw new HubException(HubFailure.Refused,
                $"The hub's endpoint {HubAddress.Display(Endpoint)} is not HTTPS. Give an https:// address; http:// is accepted for a loopback host alone.");
        }

        ArgumentOutOfRangeException.ThrowIfNegative(Retries);
        ArgumentOutOfRangeException.ThrowIfLessThan(RetryDelay, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaximumDelay, RetryDelay);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(ResponseTimeout, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(StallTimeout, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(MaximumFileSize);
    }

    private static bool IsOn(string? value) => value is "1" || string.Equals(value, "true", StringComparison.OrdinalIgnoreCase);
}
