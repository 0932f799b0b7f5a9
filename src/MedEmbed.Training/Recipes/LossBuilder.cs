using MedEmbed.Training.Losses;
using MedEmbed.Vectors;

namespace MedEmbed.Training.Recipes;

/// <summary>Makes the loss that a recipe describes.</summary>
internal static class LossBuilder
{
    /// <exception cref="RecipeException">A term has a key that its loss does not have, or a value out of range.</exception>
    public static ITrainingLoss Build(IReadOnlyList<LossRecipe> terms)
    {
        if (terms.Count == 0)
            throw new RecipeException("\"losses\" is empty; name at least one, such as \"info_nce\".");
        try
        {
            WeightedLoss[] losses = [.. terms.Select(term => new WeightedLoss(Build(term), term.Weight))];
            return losses is [{ Weight: 1 } only] ? only.Loss : new WeightedSumLoss(losses);
        }
        catch (ArgumentException error)
        {
            throw new RecipeException($"\"losses\": {error.Message}", error);
        }
    }

    private static ITrainingLoss Build(LossRecipe term)
    {
        RefuseForeignKeys(term);
        ITrainingLoss loss = term.Kind switch
        {
            LossKind.InfoNce => new InfoNceLoss(InfoNce(term)),
            LossKind.Triplet => new TripletLoss(Triplet(term)),
            LossKind.Gist => new GistLoss(Gist(term)),
            LossKind.MarginMse => term.Similarity is { } similarity ? new MarginMseLoss(similarity) : new MarginMseLoss(),
            LossKind.Kl => new KlDistillationLoss(Distillation(term)),
            _ => new BatchKlDistillationLoss(Distillation(term)),
        };
        return term.MatryoshkaDimensions is { } dimensions ? new MatryoshkaLoss(loss, new MatryoshkaOptions(dimensions, term.MatryoshkaWeights)) : loss;
    }

    private static InfoNceOptions InfoNce(LossRecipe term)
    {
        var options = new InfoNceOptions { TeacherRatio = term.TeacherRatio };
        return options with
        {
            Temperature = term.Temperature ?? options.Temperature,
            Similarity = term.Similarity ?? options.Similarity,
            Direction = term.Direction ?? options.Direction,
        };
    }

    private static TripletOptions Triplet(LossRecipe term)
    {
        var options = new TripletOptions();
        return options with { Similarity = term.Similarity ?? options.Similarity, Margin = term.Margin ?? options.Margin };
    }

    private static GistOptions Gist(LossRecipe term)
    {
        var options = new GistOptions();
        return options with
        {
            Temperature = term.Temperature ?? options.Temperature,
            Margin = term.Margin ?? options.Margin,
            MarginKind = term.MarginKind ?? options.MarginKind,
            Candidates = term.Candidates ?? options.Candidates,
        };
    }

    private static DistillationOptions Distillation(LossRecipe term)
    {
        var options = new DistillationOptions();
        return options with
        {
            StudentTemperature = term.StudentTemperature ?? options.StudentTemperature,
            TeacherTemperature = term.TeacherTemperature ?? options.TeacherTemperature,
            Similarity = term.Similarity ?? Similarity.Cosine,
            // A recipe sums losses: a weight of 1 must mean as much beside InfoNCE whatever the temperature.
            ScalesBySquaredTemperature = false,
        };
    }

    private static void RefuseForeignKeys(LossRecipe term)
    {
        (string Key, bool Given, LossKind[] Owners)[] keys =
        [
            ("temperature", term.Temperature is not null, [LossKind.InfoNce, LossKind.Gist]),
            ("similarity", term.Similarity is not null, [LossKind.InfoNce, LossKind.Triplet, LossKind.MarginMse, LossKind.Kl, LossKind.BatchKl]),
            ("direction", term.Direction is not null, [LossKind.InfoNce]),
            ("teacher_ratio", term.TeacherRatio is not null, [LossKind.InfoNce]),
            ("margin", term.Margin is not null, [LossKind.Triplet, LossKind.Gist]),
            ("margin_kind", term.MarginKind is not null, [LossKind.Gist]),
            ("candidates", term.Candidates is not null, [LossKind.Gist]),
            ("student_temperature", term.StudentTemperature is not null, [LossKind.Kl, LossKind.BatchKl]),
            ("teacher_temperature", term.TeacherTemperature is not null, [LossKind.Kl, LossKind.BatchKl]),
        ];
        foreach ((string key, bool given, LossKind[] owners) in keys)
        {
            if (given && !owners.Contains(term.Kind))
                throw new RecipeException($"\"losses\": \"{key}\" does not belong to the loss {RecipeJson.NameOf(term.Kind)}; it belongs to {string.Join(", ", owners.Select(RecipeJson.NameOf))}. Remove it.");
        }

        if (term.MatryoshkaWeights is not null && term.MatryoshkaDimensions is null)
            throw new RecipeException("\"losses\": \"matryoshka_weights\" needs \"matryoshka_dimensions\" beside it.");
    }
}
