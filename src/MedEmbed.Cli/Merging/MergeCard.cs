using System.Globalization;
using MedEmbed.Evaluation.Systems;
using MedEmbed.Training.Merging;
using MedEmbed.Training.Output;

namespace MedEmbed.Cli.Merging;

/// <summary>The model card of a merge.</summary>
internal static class MergeCard
{
    public static ModelCardContent OfMix(string name, IReadOnlyList<MergeMember> members, IReadOnlyList<double> weights, IReadOnlyList<WeightTrial> trials, IReadOnlyList<string> searchedOn) => Of(name, members) with
    {
        Summary = $"A mix of {members.Count} checkpoints of one model: every weight is the weighted mean of theirs (LM-Cocktail, arXiv 2311.13534).{(trials.Count == 0 ? "" : $" The weights were searched on {string.Join(", ", searchedOn)}.")}",
        Tags = ["merge"],
        Tables =
        [
            new CardTable("Members", ["model", "weight", "SHA-256"], [.. members.Zip(weights, (member, weight) => (string[])[member.Name, Number(weight), member.Model!.ContentHash])]),
            new CardTable("Search of the weights", ["weights", "nDCG@10"], [.. trials.Select(trial => (string[])[string.Join(", ", trial.Weights.Select(Number)), trial.Score.ToString("F5", CultureInfo.InvariantCulture)])]),
        ],
    };

    public static ModelCardContent OfAdapter(string name, MergeMember model, string adapter, string adapterHash) => Of(name, [model]) with
    {
        Summary = "A model with a low-rank adapter (LoRA) merged into its weights.",
        Tags = ["merge", "lora"],
        Tables = [new CardTable("Adapter", ["adapter", "SHA-256 of adapter_model.safetensors"], [[Path.GetFileName(Path.TrimEndingDirectorySeparator(adapter)), adapterHash]])],
    };

    /// <summary>What all cards of merges have; a licence where all members have the same.</summary>
    private static ModelCardContent Of(string name, IReadOnlyList<MergeMember> members)
    {
        ModelMeta[] metas = [.. members.Select(member => ModelMeta.Of(member.Model!))];
        return new ModelCardContent
        {
            Name = name,
            Summary = "",
            Licence = metas.Select(meta => meta.Licence).Distinct().Count() == 1 ? metas[0].Licence : null,
            InheritedDatasets = [.. metas.SelectMany(meta => meta.TrainingDatasets ?? []).Distinct(StringComparer.Ordinal)],
            BaseModel = members[0].Name,
            BaseModelHash = members[0].Model!.ContentHash,
        };
    }

    private static string Number(double value) => value.ToString("0.####", CultureInfo.InvariantCulture);
}
