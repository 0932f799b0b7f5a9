namespace MedEmbed.Synthesis.Extraction;

/// <summary>What was mended of an answer. The names, in snake case, stand in reports.</summary>
[Flags]
public enum Mends
{
    /// <summary>Nothing: it was JSON as asked for.</summary>
    None = 0,

    /// <summary>A block of reasoning was taken off.</summary>
    Reasoning = 1,

    /// <summary>A Markdown fence was taken off.</summary>
    Fence = 2,

    /// <summary>Prose before or behind the JSON was taken off.</summary>
    Prose = 4,

    /// <summary>A comma before a closing bracket was taken out.</summary>
    TrailingComma = 8,

    /// <summary>Line ends or tabs inside a string, or escapes that JSON does not have, were put right.</summary>
    Characters = 16,

    /// <summary>The end was missing; the whole entries before it were kept.</summary>
    CutOff = 32,

    /// <summary>The entries stood in another frame than asked for, such as a bare array.</summary>
    Frame = 64,
}
