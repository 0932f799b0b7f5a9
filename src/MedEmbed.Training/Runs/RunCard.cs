using System.Globalization;
using MedEmbed.Data.Contamination;
using MedEmbed.Models;
using MedEmbed.Training.Checkpoints;
using MedEmbed.Training.Output;
using MedEmbed.Training.Recipes;
using MedEmbed.Training.Sampling;

namespace MedEmbed.Training.Runs;

/// <summary>The model card of a run.</summary>
internal static class RunCard
{
    public static ModelCardContent Of(TrainingRecipe recipe, ModelFolder basis, RunData data, ContaminationReport? contamination, RunState state, int steps, DevelopmentSet? development)
    {
        string name = Path.GetFileName(Path.TrimEndingDirectorySeparator(recipe.Output!));
        int step = state.BestStep ?? state.Step;
        return new ModelCardContent
        {
            Name = name,
            Summary = Text($"{basis.Name}, fine-tuned on {data.Reports.Sum(report => report.Examples)} examples for {state.Step} steps; the weights are those of step {step}{(development is null ? "" : ", the best on the development data")}."),
            Licence = recipe.Licence,
            BaseModel = recipe.Model,
            BaseModelHash = basis.ContentHash,
            Datasets = [.. data.Reports.Select((report, i) => new CardDataset(report.Source.Name, report.ContentHash, report.Examples, recipe.Data[i].Licence, Note(report)))],
            Recipe = [.. Settings(recipe, state, steps)],
            Results = development is null || state.BestScore is null ? [] : [new CardResult(Text($"development data ({development.Queries} queries, {development.Documents} documents, a sample)"), "nDCG@10", state.BaseScore, state.BestScore.Value)],
            Contamination = contamination is null ? null : CardContamination.Of(contamination, recipe.DropContaminated),
        };
    }

    private static string? Note(ExampleSetReport report)
    {
        List<string> notes = [];
        if (report.Excluded > 0)
            notes.Add(Text($"{report.Excluded} triplets left out that match {report.Source.Exclude}"));
        if (report.ContaminatedTriplets > 0 || report.ContaminatedNegatives > 0)
            notes.Add(Text($"{report.ContaminatedTriplets} triplets and {report.ContaminatedNegatives} negatives left out that stand in a benchmark"));
        return notes.Count == 0 ? null : string.Join("; ", notes);
    }

    private static IEnumerable<KeyValuePair<string, string>> Settings(TrainingRecipe recipe, RunState state, int steps)
    {
        yield return new("losses", string.Join(" + ", recipe.Losses.Select(loss => Text($"{loss.Weight} {RecipeJson.NameOf(loss.Kind)}"))));
        yield return new("steps", Text($"{state.Step} of {steps}"));
        yield return new("tokens", state.Tokens.ToString("N0", CultureInfo.InvariantCulture));
        yield return new("batch size", Text($"{recipe.BatchSize} queries × {recipe.Accumulation}, {recipe.Negatives} negatives each"));
        yield return new("lengths", Text($"query {recipe.QueryLength}, passage {recipe.PassageLength} tokens"));
        yield return new("learning rate", Text($"{recipe.LearningRate}, {RecipeJson.NameOf(recipe.Schedule)}, warm-up {recipe.WarmupRatio}"));
        yield return new("weight decay", Text($"{recipe.WeightDecay}"));
        yield return new("precision", RecipeJson.NameOf(state.Precision));
        yield return new("seed", Text($"{recipe.Seed}"));
        if (recipe.Freeze.Count > 0)
            yield return new("frozen", string.Join(", ", recipe.Freeze));
        if (recipe.Lora is { } lora)
            yield return new("low-rank adapters", Text($"rank {lora.Rank}, alpha {lora.Alpha}, on {string.Join(", ", lora.Targets)}; merged"));
        if (recipe.Ema is { } ema)
            yield return new("average of parameters", Text($"exponential, decay {ema}"));
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
