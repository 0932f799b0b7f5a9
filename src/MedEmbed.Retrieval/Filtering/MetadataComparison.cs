using System.Globalization;
using System.Text.Json;

namespace MedEmbed.Retrieval.Filtering;

/// <summary>One <c>key OPERATOR value</c>, compared with the top-level members of a JSON object without building it.</summary>
internal sealed class MetadataComparison
{
    private readonly byte[] _key;
    private readonly ComparisonOperator _operator;
    private readonly string _text;
    private readonly double? _number;
    private readonly JsonTokenType? _literal;

    private MetadataComparison(string key, ComparisonOperator @operator, string text, bool quoted)
    {
        (_key, _operator, _text) = (System.Text.Encoding.UTF8.GetBytes(key), @operator, text);
        if (quoted)
            return;
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number))
            _number = number;
        _literal = text switch
        {
            "true" => JsonTokenType.True,
            "false" => JsonTokenType.False,
            "null" => JsonTokenType.Null,
            _ => null,
        };
    }

    public static MetadataComparison Parse(string expression)
    {
        ArgumentNullException.ThrowIfNull(expression);
        int at = expression.AsSpan().IndexOfAny("=<>!");
        if (at <= 0)
            throw Malformed(expression, "there is no key before an operator");
        (ComparisonOperator @operator, int length) = expression.AsSpan(at) switch
        {
            ['!', '=', ..] => (ComparisonOperator.NotEqual, 2),
            ['<', '=', ..] => (ComparisonOperator.LessOrEqual, 2),
            ['>', '=', ..] => (ComparisonOperator.GreaterOrEqual, 2),
            ['<', ..] => (ComparisonOperator.Less, 1),
            ['>', ..] => (ComparisonOperator.Greater, 1),
            ['=', ..] => (ComparisonOperator.Equal, 1),
            _ => throw Malformed(expression, "'!' is no operator"),
        };
        string key = expression[..at].Trim();
        if (key.Length == 0)
            throw Malformed(expression, "there is no key before the operator");
        string value = expression[(at + length)..].Trim();
        bool quoted = value is ['"', .., '"'];
        if (!quoted && value.StartsWith('"'))
            throw Malformed(expression, "the closing double quote is missing");
        return new MetadataComparison(key, @operator, quoted ? value[1..^1] : value, quoted);
    }

    public bool Matches(ReadOnlySpan<byte> metadata)
    {
        bool negated = _operator == ComparisonOperator.NotEqual;
        if (metadata.IsEmpty)
            return negated;
        Utf8JsonReader reader = new(metadata);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool found = reader.ValueTextEquals(_key);
            reader.Read();
            if (found)
                return MatchesValue(ref reader) != negated;
            reader.Skip();
        }

        return negated;
    }

    private bool MatchesValue(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
            return MatchesScalar(ref reader);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (MatchesScalar(ref reader))
                return true;
            reader.Skip();
        }

        return false;
    }

    private bool MatchesScalar(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.Number => _number is { } number && Holds(reader.GetDouble().CompareTo(number)),
        JsonTokenType.String when _operator is ComparisonOperator.Equal or ComparisonOperator.NotEqual => reader.ValueTextEquals(_text),
        JsonTokenType.String => Holds(string.CompareOrdinal(reader.GetString(), _text)),
        JsonTokenType.True or JsonTokenType.False or JsonTokenType.Null =>
            _operator is ComparisonOperator.Equal or ComparisonOperator.NotEqual && _literal == reader.TokenType,
        _ => false,
    };

    // "Not equal" asks for equality here and is turned round for the member as a whole.
    private bool Holds(int order) => _operator switch
    {
        ComparisonOperator.Less => order < 0,
        ComparisonOperator.LessOrEqual => order <= 0,
        ComparisonOperator.Greater => order > 0,
        ComparisonOperator.GreaterOrEqual => order >= 0,
        _ => order == 0,
    };

    private static FormatException Malformed(string expression, string problem) =>
        new($"Filter \"{expression}\": {problem}; write key=value, or !=, <, <=, >, >= in place of =.");
}
