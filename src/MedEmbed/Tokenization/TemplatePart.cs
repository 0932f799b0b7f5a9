namespace MedEmbed.Tokenization;

/// <summary>One part of a <see cref="SpecialTokenTemplate"/>.</summary>
/// <param name="IsText">A text, not a special token.</param>
/// <param name="Value">Which text (0, 1), or the special token's id.</param>
/// <param name="TypeId">The segment that its tokens get.</param>
internal readonly record struct TemplatePart(bool IsText, int Value, int TypeId)
{
    public static TemplatePart Text(int text, int typeId) => new(true, text, typeId);

    public static TemplatePart Special(int id, int typeId) => new(false, id, typeId);
}
