namespace MedEmbed.Data.Reading;

/// <summary>How a file of texts is laid out.</summary>
public enum TextFormat
{
    /// <summary>By extension (<c>.jsonl</c>, <c>.ndjson</c>, <c>.json</c>, <c>.txt</c>, <c>.parquet</c>, below a <c>.gz</c> or <c>.zst</c>); elsewhere JSONL where the first character that is no white space is <c>{</c>, else plain text.</summary>
    Auto,

    /// <summary>One JSON object a line.</summary>
    JsonLines,

    /// <summary>One text a line; an empty line is an empty text.</summary>
    PlainText,

    /// <summary>Apache Parquet; needs a file that can be sought in.</summary>
    Parquet,
}
