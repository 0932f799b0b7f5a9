using System.Globalization;
using MedEmbed.Data.Outputs;

namespace MedEmbed.Evaluation.Systems;

/// <summary>What a system is and how it was set: what result files and their places are named by.</summary>
public sealed record SystemDescription
{
    /// <summary>The name results stand under: the model folder's name with a suffix for each departure from the folder's own setting.</summary>
    public required string ResultName { get; init; }

    /// <summary>The model, or what stands in its place.</summary>
    public required ModelMeta Model { get; init; }

    /// <summary>How documents are found: <c>dense</c>, <c>bm25</c>, <c>hybrid</c> or <c>rescore</c>, with its parameters.</summary>
    public required string System { get; init; }

    /// <summary>What stands before each query; empty for nothing.</summary>
    public string QueryPrompt { get; init; } = "";

    /// <summary>What stands before each document; empty for nothing.</summary>
    public string DocumentPrompt { get; init; } = "";

    /// <summary>What the model computes in; null where there is no model.</summary>
    public string? Precision { get; init; }

    /// <summary>Tokens a text may have; null where there is no model.</summary>
    public int? MaxLength { get; init; }

    /// <summary>How vectors are compared; null where there are none.</summary>
    public string? Similarity { get; init; }

    /// <summary>The first 12 hexadecimal digits of the model's hash: the folder of its results.</summary>
    public string Revision => Model.Hash[..12];

    /// <summary>Identifies all that decides a result besides the data.</summary>
    public string SettingsHash
    {
        get
        {
            using var hash = new OutputFingerprint();
            return hash.Add("evaluation", "1")
                .Add("model", Model.Hash)
                .Add("system", System)
                .Add("query prompt", QueryPrompt)
                .Add("document prompt", DocumentPrompt)
                .Add("precision", Precision)
                .Add("max length", MaxLength?.ToString(CultureInfo.InvariantCulture))
                .Add("similarity", Similarity)
                .ToString();
        }
    }
}
