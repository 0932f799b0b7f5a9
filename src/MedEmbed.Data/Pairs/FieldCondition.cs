namespace MedEmbed.Data.Pairs;

/// <summary>Takes the records whose field has one value: a string as it is, a number as it is written (in Parquet: in its shortest invariant form), <c>true</c> or <c>false</c>.</summary>
/// <remarks>A field that is null meets no condition.</remarks>
public readonly record struct FieldCondition
{
    /// <summary>The condition that <paramref name="field"/> has the value <paramref name="value"/>.</summary>
    /// <exception cref="ArgumentException"><paramref name="field"/> is empty.</exception>
    public FieldCondition(string field, string value)
    {
        ArgumentException.ThrowIfNullOrEmpty(field);
        ArgumentNullException.ThrowIfNull(value);
        (Field, Value) = (field, value);
    }

    /// <summary>The field's name.</summary>
    public string Field { get; }

    /// <summary>Its value, compared character for character.</summary>
    public string Value { get; }

    /// <summary>Reads <c>FIELD=VALUE</c>; the field's name ends at the first equals sign, and the value may be empty.</summary>
    public static bool TryParse(string text, out FieldCondition condition)
    {
        ArgumentNullException.ThrowIfNull(text);
        int equals = text.IndexOf('=', StringComparison.Ordinal);
        condition = equals > 0 ? new FieldCondition(text[..equals], text[(equals + 1)..]) : default;
        return equals > 0;
    }
}
