namespace MedEmbed.Training.Output;

/// <summary>What a model card tells of a run.</summary>
public sealed record ModelCardContent
{
    /// <summary>The model's name, the card's title.</summary>
    public required string Name { get; init; }

    /// <summary>How the model came to be, in a sentence or two.</summary>
    public required string Summary { get; init; }

    /// <summary>Licence of the weights, as the Hugging Face hub abbreviates it, such as <c>mit</c>; null where nobody has said.</summary>
    public string? Licence { get; init; }

    /// <summary>The model that training began with: a hub id (<c>owner/name</c>) or a folder's name; null where there was none.</summary>
    public string? BaseModel { get; init; }

    /// <summary>The base model's <see cref="Models.ModelFolder.ContentHash"/>.</summary>
    public string? BaseModelHash { get; init; }

    /// <summary>Languages of the texts, as ISO codes.</summary>
    public IReadOnlyList<string> Languages { get; init; } = ["en"];

    /// <summary>Tags beside those that every such model has.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>Data sets trained on.</summary>
    public IReadOnlyList<CardDataset> Datasets { get; init; } = [];

    /// <summary>Names of data sets that the models this one is made of were trained on.</summary>
    public IReadOnlyList<string> InheritedDatasets { get; init; } = [];

    /// <summary>Settings of the run, by name, in the order in which they are shown.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Recipe { get; init; } = [];

    /// <summary>Scores before and after.</summary>
    public IReadOnlyList<CardResult> Results { get; init; } = [];

    /// <summary>What the comparison of training texts with benchmarks found; null where nothing was compared, which the card then says of a model with data sets.</summary>
    public CardContamination? Contamination { get; init; }

    /// <summary>Further tables, such as the members of a mix.</summary>
    public IReadOnlyList<CardTable> Tables { get; init; } = [];
}
