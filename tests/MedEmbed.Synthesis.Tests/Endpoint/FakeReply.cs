using System.Text.Json;

namespace MedEmbed.Synthesis.Tests.Endpoint;

/// <summary>What the fake endpoint answers.</summary>
public sealed record FakeReply
{
    public int Status { get; init; } = 200;

    public string Content { get; init; } = "";

    public string FinishReason { get; init; } = "stop";

    public string? Refusal { get; init; }

    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>A body in place of a completion.</summary>
    public string? Raw { get; init; }

    /// <summary>Never answers.</summary>
    public bool Silent { get; init; }

    /// <summary>Sends half of the answer, and then nothing.</summary>
    public bool Stall { get; init; }

    /// <summary>Sends half of the answer, and closes the connection.</summary>
    public bool Break { get; init; }

    public TimeSpan Delay { get; init; }

    public static FakeReply Text(string content) => new() { Content = content };

    public static FakeReply Error(int status, string code = "", params (string Name, string Value)[] headers) => new()
    {
        Status = status,
        Raw = JsonSerializer.Serialize(new { error = new { message = "the note says chest pain", code, type = "some_error" } }),
        Headers = headers.ToDictionary(header => header.Name, header => header.Value),
    };

    public string Body() => JsonSerializer.Serialize(new
    {
        id = "c",
        @object = "chat.completion",
        created = 0,
        model = "fake-1",
        choices = new[] { new { index = 0, finish_reason = FinishReason, message = new { role = "assistant", content = Content, refusal = Refusal } } },
        usage = new { prompt_tokens = 10, completion_tokens = 5, total_tokens = 15 },
    });

    public string Events()
    {
        IEnumerable<object> chunks =
        [
            .. Content.Chunk(20).Select(piece => Chunk(new { content = new string(piece), refusal = (string?)null }, null)),
            .. Refusal is null ? Array.Empty<object>() : [Chunk(new { content = (string?)null, refusal = Refusal }, null)],
            Chunk(new { }, FinishReason),
            new { id = "c", @object = "chat.completion.chunk", created = 0, model = "fake-1", choices = Array.Empty<object>(), usage = new { prompt_tokens = 10, completion_tokens = 5, total_tokens = 15 } },
        ];
        return string.Concat(chunks.Select(chunk => $"data: {JsonSerializer.Serialize(chunk)}\n\n")) + "data: [DONE]\n\n";
    }

    private static object Chunk(object delta, string? finish) =>
        new { id = "c", @object = "chat.completion.chunk", created = 0, model = "fake-1", choices = new[] { new { index = 0, delta, finish_reason = finish } } };
}
