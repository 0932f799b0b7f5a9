namespace MedEmbed.Synthesis.Endpoint;

/// <summary>Keeps clinical text on this machine unless it is let go expressly.</summary>
public static class EndpointGuard
{
    /// <summary>Whether <paramref name="address"/> is this machine: <c>localhost</c> or a loopback address.</summary>
    public static bool IsLocal(Uri address)
    {
        ArgumentNullException.ThrowIfNull(address);
        return address.IsLoopback;
    }

    /// <summary>Whether the address is OpenAI's or Azure's own service.</summary>
    internal static bool IsHosted(Uri address) =>
        address.Host.EndsWith("openai.com", StringComparison.OrdinalIgnoreCase) || address.Host.EndsWith(".azure.com", StringComparison.OrdinalIgnoreCase);

    /// <summary>Requires that text may be sent to the endpoint.</summary>
    /// <exception cref="ArgumentException">It is another machine, and that was not allowed.</exception>
    public static void Require(EndpointOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (!IsLocal(options.Address) && !options.AllowRemote)
            throw new ArgumentException($"{options.Address.Host} is another machine, and notes would be sent there. Pass --allow-remote if they may leave this one. {WhatLeaves(options.Address)}");
    }

    /// <summary>What leaves this machine by asking an endpoint, in one or two sentences.</summary>
    public static string WhatLeaves(Uri address)
    {
        ArgumentNullException.ThrowIfNull(address);
        string transport = address.Scheme == "https" ? "" : " The connection is not encrypted.";
        return $"What leaves: the full text of every note and the prompts, to {address.Authority}; note ids, metadata and files do not.{transport}";
    }
}
