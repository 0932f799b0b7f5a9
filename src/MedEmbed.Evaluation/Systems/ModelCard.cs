namespace MedEmbed.Evaluation.Systems;

/// <summary>The two facts of a model card's YAML header that evaluation needs.</summary>
/// <param name="Licence">Field <c>license</c>; null where it is missing.</param>
/// <param name="Datasets">Field <c>datasets</c>; null where it is missing.</param>
internal sealed record ModelCard(string? Licence, IReadOnlyList<string>? Datasets)
{
    private const string Fence = "---";

    /// <summary>Lines of a header that are looked at.</summary>
    private const int MaxLines = 10_000;

    /// <summary>Reads the card at <paramref name="path"/>; where it is missing or has no header, nothing is known.</summary>
    public static ModelCard Read(string path)
    {
        if (!File.Exists(path))
            return new ModelCard(null, null);
        string? licence = null, key = null;
        List<string>? datasets = null;
        foreach (string line in Header(path))
        {
            if (line.TrimStart() is ['-', ' ', .. string item])
            {
                if (key == "datasets")
                    (datasets ??= []).Add(Plain(item));
                continue;
            }

            if (char.IsWhiteSpace(line[0]) || line.IndexOf(':', StringComparison.Ordinal) is not (> 0 and int colon))
                continue;
            key = line[..colon];
            string value = Plain(line[(colon + 1)..]);
            if (key == "license" && value.Length > 0)
                licence = value;
            else if (key == "datasets" && value.Length > 0)
                datasets = [.. value.Trim('[', ']').Split(',').Select(Plain).Where(name => name.Length > 0)];
        }

        return new ModelCard(licence, datasets);
    }

    private static IEnumerable<string> Header(string path)
    {
        IEnumerable<string> lines = File.ReadLines(path).Take(MaxLines);
        return lines.FirstOrDefault()?.Trim() == Fence ? lines.Skip(1).TakeWhile(line => line.Trim() != Fence).Where(line => line.Length > 0) : [];
    }

    private static string Plain(string value) => value.Trim().Trim('"', '\'');
}
