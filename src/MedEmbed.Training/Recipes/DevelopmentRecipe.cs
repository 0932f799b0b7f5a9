namespace MedEmbed.Training.Recipes;

/// <summary>The data on which the best checkpoint is chosen.</summary>
public sealed record DevelopmentRecipe
{
    /// <summary>A BEIR folder or a judged list; never one that results are reported on.</summary>
    public required string Path { get; init; }

    /// <summary>Which qrels of a BEIR folder, or which list of a folder of judged lists.</summary>
    public string Split { get; init; } = "dev";

    /// <summary>Queries drawn by the seed; of a BEIR folder, with their relevant documents and BM25's first hits for each.</summary>
    public int Queries { get; init; } = 100;

    /// <summary>BM25's hits for each query that are ranked beside the relevant documents of all queries drawn.</summary>
    public int Hits { get; init; } = 20;

    /// <summary>Whether queries get the model's prompt for queries.</summary>
    public bool Prompt { get; init; } = true;
}
