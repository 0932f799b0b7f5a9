namespace MedEmbed.Data.Records;

/// <summary>What a field of a record holds.</summary>
internal enum RecordFieldKind
{
    /// <summary>A string.</summary>
    Text,

    /// <summary>A string, or a number taken as it is written.</summary>
    Id,

    /// <summary>A finite number.</summary>
    Number,

    /// <summary>A list of strings.</summary>
    Texts,

    /// <summary>A list of finite numbers.</summary>
    Numbers,
}
