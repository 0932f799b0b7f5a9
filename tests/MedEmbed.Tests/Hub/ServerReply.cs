namespace MedEmbed.Tests.Hub;

/// <summary>What a loopback server answers, faults included.</summary>
public sealed record ServerReply(int Status, byte[] Body)
{
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>Close the connection after so many bytes of the body.</summary>
    public int? DropAfter { get; init; }

    /// <summary>Close it with a reset, which may also lose bytes that are under way.</summary>
    public bool Reset { get; init; }

    /// <summary>Leave the length out, so that the end of the connection ends the body.</summary>
    public bool WithoutLength { get; init; }

    /// <summary>Wait for this after <see cref="DropAfter"/> bytes (or all) before the connection is closed.</summary>
    public Task? Hold { get; init; }

    public static ServerReply Text(int status, string text = "") => new(status, System.Text.Encoding.UTF8.GetBytes(text));

    public ServerReply With(string header, string value) => this with { Headers = new Dictionary<string, string>(Headers) { [header] = value } };
}
