using MedEmbed.Data.Contamination;
using MedEmbed.Models;
using MedEmbed.Training.Losses;
using MedEmbed.Training.Recipes;
using MedEmbed.Training.Sampling;

namespace MedEmbed.Training.Runs;

/// <summary>A recipe's data sets, read.</summary>
internal sealed class RunData
{
    private readonly TrainingRecipe _recipe;
    private readonly ExampleSet[] _sets;
    private readonly ITrainingLoss[] _losses;

    private RunData(TrainingRecipe recipe, ExampleSet[] sets, ITrainingLoss[] losses) => (_recipe, _sets, _losses) = (recipe, sets, losses);

    /// <summary>What was read of each data set, in the recipe's order.</summary>
    public IReadOnlyList<ExampleSetReport> Reports => [.. _sets.Select(set => set.Report)];

    public IReadOnlyList<ExampleSet> Sets => _sets;

    /// <summary>What any of the losses needs.</summary>
    public LossNeeds Needs => _losses.Aggregate(LossNeeds.None, (needs, loss) => needs | loss.Needs);

    /// <summary>The data sets whose loss needs any of <paramref name="needs"/>.</summary>
    public IReadOnlyList<ExampleSet> SetsThatNeed(LossNeeds needs) => [.. _sets.Where((_, i) => (_losses[i].Needs & needs) != 0)];

    /// <summary>Optimiser steps of the whole run.</summary>
    public int Steps => _recipe.Steps ?? (int)Math.Max(1, Math.Ceiling((_recipe.Epochs * EpochLength.Batches(_sets, _recipe.BatchSize) / _recipe.Accumulation) - 1e-6));

    public static async Task<RunData> ReadAsync(TrainingRecipe recipe, ModelFolder model, ContaminationCheck? contamination, CancellationToken cancellationToken)
    {
        ITrainingLoss common = LossBuilder.Build(recipe.Losses);
        var sets = new ExampleSet[recipe.Data.Count];
        var losses = new ITrainingLoss[sets.Length];
        for (int i = 0; i < sets.Length; i++)
        {
            DataSetRecipe data = recipe.Data[i];
            losses[i] = data.Losses is null ? common : LossBuilder.Build(data.Losses);
            sets[i] = await ExampleSet.LoadAsync(
                SourceOf(data, recipe, model),
                new ExampleLoadOptions { Needs = recipe.Teachers.Count > 0 ? losses[i].Needs & ~LossNeeds.TeacherScores : losses[i].Needs, Contamination = contamination, DropContaminated = recipe.DropContaminated },
                cancellationToken).ConfigureAwait(false);
        }

        return new RunData(recipe, sets, losses);
    }

    /// <summary>Whether every example of the source of that number has scores of its own.</summary>
    public bool HasScores(int source) => _sets[source].HasScores;

    /// <summary>The loss of batches from the source of that number.</summary>
    public ITrainingLoss LossOf(int source) => _losses[source];

    private static TrainingSource SourceOf(DataSetRecipe data, TrainingRecipe recipe, ModelFolder model)
    {
        var source = new TrainingSource(data.Path)
        {
            Split = data.Split,
            Weight = data.Weight,
            Negatives = data.Negatives ?? recipe.Negatives,
            BatchSize = data.BatchSize,
            Exclude = data.Exclude,
            QueryTypes = data.QueryTypes,
            Sources = data.Sources,
            RankPositives = data.RankPositives,
            QueryPrompt = PromptText(model, data.QueryPrompt, Encoding.Prompt.Query),
            DocumentPrompt = PromptText(model, data.DocumentPrompt, Encoding.Prompt.Document),
            PromptShare = data.PromptShare,
            GroupBatches = data.GroupBatches,
        };
        return data.Name is null ? source : source with { Name = data.Name };
    }

    private static string PromptText(ModelFolder model, string? name, Encoding.Prompt own) => name switch
    {
        null => model.Prompts.TextOf(own),
        "none" => "",
        _ => model.Prompts.TextOf(Encoding.Prompt.Named(name)),
    };
}
