namespace MedEmbed.Training.Recipes;

/// <summary>One data set of a recipe.</summary>
public sealed record DataSetRecipe
{
    /// <summary>Triplets or pairs (JSONL or Parquet), a BEIR folder, or a judged list.</summary>
    public required string Path { get; init; }

    /// <summary>Name in reports and model cards; by default the path's last part.</summary>
    public string? Name { get; init; }

    /// <summary>Which qrels of a BEIR folder, or which list of a folder of judged lists.</summary>
    public string Split { get; init; } = "train";

    /// <summary>Share of the batches (or, where sources are mixed, of the queries) relative to the other data sets; null: its share of all examples.</summary>
    public double? Weight { get; init; }

    /// <summary>Negatives of each query in a batch; null: the recipe's.</summary>
    public int? Negatives { get; init; }

    /// <summary>Queries of a batch of this data set; null: the recipe's. Sizes of their own need one source a batch.</summary>
    public int? BatchSize { get; init; }

    /// <summary>Regular expression of what is left out: triplets whose query or positive it matches, and such negatives.</summary>
    public string? Exclude { get; init; }

    /// <summary>The kinds of query that are read, as their <c>query_type</c> says; null reads all.</summary>
    public IReadOnlyList<string>? QueryTypes { get; init; }

    /// <summary>The origins that are read, as their <c>source</c> says; null reads all.</summary>
    public IReadOnlyList<string>? Sources { get; init; }

    /// <summary>Whether a query's other positives stand among its candidates too, as losses that learn an order from grades can use.</summary>
    public bool RankPositives { get; init; }

    /// <summary>Prompt before queries: a name among the model's prompts, <c>none</c>, or null for the model's own for queries.</summary>
    public string? QueryPrompt { get; init; }

    /// <summary>Prompt before documents, likewise.</summary>
    public string? DocumentPrompt { get; init; }

    /// <summary>Share of the queries that get their prompt, 0 to 1: a model that is used with and without it must have seen both.</summary>
    public double PromptShare { get; init; } = 1;

    /// <summary>Whether batches are made of whole groups (the questions of one page or note), whose members are each other's negatives.</summary>
    public bool GroupBatches { get; init; }

    /// <summary>Losses for batches of this data set; null: the recipe's. Data sets with losses of their own need one source a batch.</summary>
    public IReadOnlyList<LossRecipe>? Losses { get; init; }

    /// <summary>Licence of the data, for the model card; null where it is not known.</summary>
    public string? Licence { get; init; }
}
