using System.Text.Json;

namespace MedEmbed.Synthesis.Mining;

/// <summary>What was mined for one pair, by numbers of passages: a line of the work folder, from which the output and the report are made.</summary>
internal sealed record MinedQuery
{
    private static readonly JsonSerializerOptions Form = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <summary>Number of the pair, from 0.</summary>
    public required long Pair { get; init; }

    public required int Positive { get; init; }

    public required float PositiveScore { get; init; }

    /// <summary>The positive's score by which margins are measured.</summary>
    public required float PositiveMarginScore { get; init; }

    public required IReadOnlyList<MinedNegative> Negatives { get; init; }

    /// <summary>Candidates by source, positives and those dropped among them.</summary>
    public required IReadOnlyDictionary<string, int> Found { get; init; }

    /// <summary>Candidates dropped by reason, each once whatever sources gave it.</summary>
    public required IReadOnlyDictionary<string, int> Dropped { get; init; }

    /// <summary>Distinct candidates.</summary>
    public required int Candidates { get; init; }

    public byte[] ToLine() => [.. JsonSerializer.SerializeToUtf8Bytes(this, Form), (byte)'\n'];

    /// <exception cref="JsonException">The line is none of <see cref="ToLine"/>.</exception>
    public static MinedQuery Parse(string line) => JsonSerializer.Deserialize<MinedQuery>(line, Form) ?? throw new JsonException("a mined line is null");
}
