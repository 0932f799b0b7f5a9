namespace MedEmbed.Tokenization;

/// <summary>Where the special tokens stand around a text and around a pair.</summary>
/// <param name="Single">Parts of one text's sequence; the first text exactly once.</param>
/// <param name="Pair">Parts of a pair's sequence; each text exactly once.</param>
internal sealed record SpecialTokenTemplate(IReadOnlyList<TemplatePart> Single, IReadOnlyList<TemplatePart> Pair)
{
    /// <summary>BERT's own: <c>[CLS] A [SEP]</c> and <c>[CLS] A [SEP] B [SEP]</c>, the type 1 for B and its separator.</summary>
    public static SpecialTokenTemplate Bert(int cls, int sep)
    {
        TemplatePart[] single = [TemplatePart.Special(cls, 0), TemplatePart.Text(0, 0), TemplatePart.Special(sep, 0)];
        return new(single, [.. single, TemplatePart.Text(1, 1), TemplatePart.Special(sep, 1)]);
    }

    /// <summary>The special tokens before and behind one text.</summary>
    public (int[] Before, int[] Behind) AroundSingle() =>
        ([.. Single.TakeWhile(part => !part.IsText).Select(part => part.Value)],
         [.. Single.SkipWhile(part => !part.IsText).Skip(1).Select(part => part.Value)]);
}
