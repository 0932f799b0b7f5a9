namespace MedEmbed.Training.Recipes;

/// <summary>What must hold of a recipe by itself, before any file is touched.</summary>
internal static class RecipeRules
{
    public static void Check(TrainingRecipe recipe, string source)
    {
        Require(recipe.Data.Count > 0, "data", "is empty; name at least one data set.");
        Require(recipe.Output is { Length: > 0 }, "output", "is missing; name the model folder to write.");
        AtLeast("batch_size", recipe.BatchSize, 1);
        AtLeast("accumulation", recipe.Accumulation, 1);
        AtLeast("negatives", recipe.Negatives, 0);
        AtLeast("bucket_batches", recipe.BucketBatches, 1);
        AtLeast("query_length", recipe.QueryLength, 3);
        AtLeast("passage_length", recipe.PassageLength, 3);
        AtLeast("chunk_tokens", recipe.ChunkTokens, 1);
        AtLeast("memory_megabytes", recipe.MemoryMegabytes, 0);
        AtLeast("log_every", recipe.LogEvery, 1);
        AtLeast("checkpoint_every", recipe.CheckpointEvery, 1);
        AtLeast("steps", recipe.Steps ?? 1, 1);
        AtLeast("threads", recipe.Threads ?? 1, 1);
        AtLeast("evaluate_every", recipe.EvaluateEvery ?? 1, 1);
        AtLeast("patience", recipe.Patience ?? 1, 1);
        Require(recipe.Epochs > 0 && double.IsFinite(recipe.Epochs), "epochs", "must be above 0.");
        Require(recipe.LearningRate > 0 && double.IsFinite(recipe.LearningRate), "learning_rate", "must be above 0.");
        Require(recipe.WarmupRatio is >= 0 and <= 1, "warmup_ratio", "must be from 0 to 1.");
        Require(recipe.WeightDecay >= 0 && double.IsFinite(recipe.WeightDecay), "weight_decay", "must be at least 0.");
        Require(recipe.MaxGradientNorm > 0, "max_gradient_norm", "must be above 0.");
        Require(recipe.LayerDecay is > 0 and <= 1, "layer_decay", "must be above 0 and at most 1.");
        Require(recipe.Ema is null or (>= 0 and < 1), "ema", "must be from 0 to below 1.");
        Require(recipe.Dropout is >= 0 and < 1, "dropout", "must be from 0 to below 1.");
        Require(recipe.Patience is null || recipe.Development is not null, "patience", "needs \"development\", on which the run is judged.");
        Require(!recipe.DropContaminated || recipe.Benchmarks is not null, "drop_contaminated", "needs \"benchmarks\", the folder to compare with.");
        foreach (DataSetRecipe data in recipe.Data)
        {
            Require(data.Weight is null or > 0, "data", $"gives {data.Path} a weight of {data.Weight}; weights must be above 0.");
            Require(data.PromptShare is >= 0 and <= 1, "data", $"gives {data.Path} a prompt_share of {data.PromptShare}; it must be from 0 to 1.");
            Require(data.Negatives is null or >= 0, "data", $"gives {data.Path} {data.Negatives} negatives; it must be at least 0.");
            Require(data.QueryTypes is not { Count: 0 }, "data", $"gives {data.Path} empty query_types; name one, or leave them out for all.");
            Require(data.Sources is not { Count: 0 }, "data", $"gives {data.Path} empty sources; name one, or leave them out for all.");
            Require(data.BatchSize is null or >= 1, "data", $"gives {data.Path} a batch_size of {data.BatchSize}; it must be at least 1.");
            Require(data.BatchSize is null || !recipe.Mixed, "data", $"gives {data.Path} a batch_size of its own, which needs one data set a batch: remove \"mixed\".");
            Require(data.Losses is null || !recipe.Mixed, "data", $"gives {data.Path} losses of its own, which needs one data set a batch: remove \"mixed\".");
        }

        foreach (TeacherRecipe teacher in recipe.Teachers)
        {
            Require(teacher.Weight > 0 && double.IsFinite(teacher.Weight), "teachers", FormattableString.Invariant($"gives {teacher.Model} a weight of {teacher.Weight}; it must be above 0."));
            Require(teacher.MaxLength is null or >= 3, "teachers", $"gives {teacher.Model} a max_length of {teacher.MaxLength}; it must be at least 3.");
        }

        void AtLeast(string key, long value, long least) => Require(value >= least, key, FormattableString.Invariant($"is {value}; it must be at least {least}."));

        void Require(bool holds, string key, string rule)
        {
            if (!holds)
                throw new RecipeException($"{source}: \"{key}\" {rule}");
        }
    }
}
