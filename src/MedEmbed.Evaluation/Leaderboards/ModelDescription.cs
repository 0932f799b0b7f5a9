namespace MedEmbed.Evaluation.Leaderboards;

/// <summary>What <c>model_meta.json</c> says of a model; null where it does not say.</summary>
public sealed record ModelDescription
{
    /// <summary>Nothing is known.</summary>
    public static ModelDescription Empty { get; } = new();

    /// <summary>The model's full name, such as <c>BAAI/bge-small-en-v1.5</c>.</summary>
    public string? Name { get; init; }

    /// <summary>The model's revision.</summary>
    public string? Revision { get; init; }

    /// <summary>Number of weights.</summary>
    public double? Parameters { get; init; }

    /// <summary>Length of its vectors.</summary>
    public int? Dimensions { get; init; }

    /// <summary>Tokens a text may have.</summary>
    public int? MaxTokens { get; init; }

    /// <summary>dense, late interaction, lexical, static …</summary>
    public string? Kind { get; init; }

    /// <summary>Data sets that the model's card names as training data; empty where it names none.</summary>
    public IReadOnlyList<string> TrainingDatasets { get; init; } = [];

    /// <summary>Whether the card names <paramref name="task"/> among the training data.</summary>
    /// <remarks>Names are compared without owner, case, punctuation and MTEB's endings, so that <c>mteb/trec-covid</c> is <c>TRECCOVID</c> and <c>medical_qa</c> is <c>MedicalQARetrieval</c>.</remarks>
    public bool TrainedOn(string task)
    {
        ArgumentNullException.ThrowIfNull(task);
        string wanted = Plain(task);
        return TrainingDatasets.Any(dataset => Plain(dataset) == wanted);
    }

    private static string Plain(string name)
    {
        string own = name[(name.LastIndexOf('/') + 1)..];
        string letters = string.Concat(own.Where(char.IsAsciiLetterOrDigit).Select(char.ToLowerInvariant));
        foreach (string ending in (ReadOnlySpan<string>)["hardnegatives", "retrieval", "english"])
        {
            if (letters.Length > ending.Length && letters.EndsWith(ending, StringComparison.Ordinal))
                letters = letters[..^ending.Length];
        }

        return letters;
    }
}
