namespace MedEmbed.Evaluation.Tasks;

/// <summary>Texts, each once, and which of them every item has: equal texts are encoded once, so that they tie exactly.</summary>
/// <param name="Texts">The distinct texts in order of first appearance.</param>
/// <param name="OfItem">For each item the position of its text.</param>
public sealed record DistinctTexts(IReadOnlyList<string> Texts, IReadOnlyList<int> OfItem)
{
    /// <summary>The distinct texts among <paramref name="items"/>; equal means the same characters.</summary>
    public static DistinctTexts Of(IEnumerable<string> items)
    {
        ArgumentNullException.ThrowIfNull(items);
        Dictionary<string, int> position = new(StringComparer.Ordinal);
        List<string> texts = [];
        List<int> ofItem = [];
        foreach (string item in items)
        {
            if (!position.TryGetValue(item, out int text))
            {
                text = texts.Count;
                position.Add(item, text);
                texts.Add(item);
            }

            ofItem.Add(text);
        }

        return new DistinctTexts(texts, ofItem);
    }
}
