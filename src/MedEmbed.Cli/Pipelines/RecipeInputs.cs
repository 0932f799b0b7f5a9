using System.Text.Json.Nodes;
using MedEmbed.Training.Recipes;

namespace MedEmbed.Cli.Pipelines;

/// <summary>The files that a training step reads because its recipe's file names them.</summary>
internal static class RecipeInputs
{
    /// <summary>Takes them in.</summary>
    /// <param name="config">The recipe's file.</param>
    /// <param name="options">The step's options, which stand above the file's keys.</param>
    /// <param name="values">Takes them.</param>
    /// <exception cref="RecipeException">The recipe breaks a rule.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static void Add(string config, IReadOnlyDictionary<string, JsonNode?> options, StepValues values)
    {
        TrainingRecipe recipe = RecipeReader.Read(config, options);
        for (int i = 0; i < recipe.Data.Count; i++)
            values.AddInput(FormattableString.Invariant($"config.data[{i}]"), PathKind.Read, recipe.Data[i].Path);
        for (int i = 0; i < recipe.Teachers.Count; i++)
            values.AddInput(FormattableString.Invariant($"config.teachers[{i}]"), PathKind.Model, recipe.Teachers[i].Model);
        values.AddInput("config.model", PathKind.Model, recipe.Model);
        if (recipe.Guide is { } guide)
            values.AddInput("config.guide", PathKind.Model, guide);
        if (recipe.Development is { } development)
            values.AddInput("config.development", PathKind.Read, development.Path);
        if (recipe.Benchmarks is { } benchmarks)
            values.AddInput("config.benchmarks", PathKind.Read, benchmarks);
    }
}
