using System.Globalization;

namespace MedEmbed.Tests.Hub;

/// <summary>A request as a loopback server saw it, and how many bytes of body went out for it.</summary>
public sealed record ServerRequest(int Port, string Target, IReadOnlyDictionary<string, string> Headers)
{
    public string Path => Uri.UnescapeDataString(Target.Split('?')[0]);

    public long From =>
        Headers.TryGetValue("Range", out string? range) ? long.Parse(range["bytes=".Length..].TrimEnd('-'), CultureInfo.InvariantCulture) : 0;

    public string? Authorization => Headers.GetValueOrDefault("Authorization");

    public long Sent { get; set; }
}
