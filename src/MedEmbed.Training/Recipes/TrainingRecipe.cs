using System.ComponentModel;
using MedEmbed.Safetensors;
using MedEmbed.Training.Optimization;

namespace MedEmbed.Training.Recipes;

/// <summary>All that decides a training run: the keys of a recipe file, and the options of <c>medembed train</c>.</summary>
public sealed record TrainingRecipe
{
    /// <summary>The model that training begins with where none is named.</summary>
    public const string DefaultModel = "bge-small-en-v1.5";

    /// <summary>Base model.</summary>
    [Description("Base model: a bundled name, a folder, or a hub id.")]
    public string Model { get; init; } = DefaultModel;

    /// <summary>The model folder to write.</summary>
    [Description("Model folder to write.")]
    public string? Output { get; init; }

    /// <summary>Data sets.</summary>
    [Description("Training data: triplets or pairs (JSONL, Parquet), BEIR folders, or judged lists. Several, or JSON objects with path, weight, negatives and so on.")]
    public IReadOnlyList<DataSetRecipe> Data { get; init; } = [];

    /// <summary>Terms of the loss.</summary>
    [Description("Losses: info_nce, triplet, gist, margin_mse, kl, batch_kl. Several, or JSON objects with weight, temperature and so on.")]
    public IReadOnlyList<LossRecipe> Losses { get; init; } = [new LossRecipe { Kind = LossKind.InfoNce }];

    /// <summary>Optimiser steps; null: as many as <see cref="Epochs"/> take.</summary>
    [Description("Optimiser steps; without it, as many as --epochs take.")]
    public int? Steps { get; init; }

    /// <summary>Passes over the data.</summary>
    [Description("Passes over the data, where --steps does not say.")]
    public double Epochs { get; init; } = 1;

    /// <summary>Queries of a batch.</summary>
    [Description("Queries a batch.")]
    public int BatchSize { get; init; } = 32;

    /// <summary>Batches whose gradients make a step.</summary>
    [Description("Batches whose gradients are added up for a step.")]
    public int Accumulation { get; init; } = 1;

    /// <summary>Negatives of each query.</summary>
    [Description("Negatives a query, drawn anew each epoch.")]
    public int Negatives { get; init; } = 1;

    /// <summary>Whether a batch may hold examples of several data sets.</summary>
    [Description("Mix data sets within a batch, instead of one a batch.")]
    public bool Mixed { get; init; }

    /// <summary>Batches of like length are made of windows of this many; 1: none are.</summary>
    [Description("Sort by length within windows of this many batches; 1 does not.")]
    public int BucketBatches { get; init; } = 1;

    /// <summary>Tokens a query may have.</summary>
    [Description("Tokens a query may have.")]
    public int QueryLength { get; init; } = 128;

    /// <summary>Tokens a passage may have.</summary>
    [Description("Tokens a passage may have.")]
    public int PassageLength { get; init; } = 256;

    /// <summary>Highest learning rate.</summary>
    [Description("Highest learning rate.")]
    public double LearningRate { get; init; } = 2e-5;

    /// <summary>How the learning rate goes on after its warm-up.</summary>
    [Description("Learning rate after its warm-up: linear, cosine or constant.")]
    public ScheduleShape Schedule { get; init; } = ScheduleShape.Linear;

    /// <summary>Share of the steps that the learning rate rises in.</summary>
    [Description("Share of the steps in which the learning rate rises, 0 to 1.")]
    public double WarmupRatio { get; init; } = 0.1;

    /// <summary>Decoupled weight decay, none on biases and norms.</summary>
    [Description("Weight decay, none on biases and norms.")]
    public double WeightDecay { get; init; } = 0.01;

    /// <summary>Largest norm of a step's gradient; longer ones are scaled down.</summary>
    [Description("Largest norm of a step's gradient.")]
    public double MaxGradientNorm { get; init; } = 1;

    /// <summary>Factor from one layer's learning rate to that of the layer below.</summary>
    [Description("Factor from a layer's learning rate to that of the layer below; 1 for one rate.")]
    public double LayerDecay { get; init; } = 1;

    /// <summary>Beginnings of the names of parameters that stay as they are.</summary>
    [Description("Parameters that stay as they are, by the beginning of their names, such as embeddings or encoder.layer.0.")]
    public IReadOnlyList<string> Freeze { get; init; } = [];

    /// <summary>Decay of an exponential moving average of the parameters, which is what is written; null: none.</summary>
    [Description("Write an exponential moving average of the parameters with this decay, such as 0.999.")]
    public double? Ema { get; init; }

    /// <summary>Low-rank adapters to train instead of the parameters.</summary>
    [Description("Train low-rank adapters: a JSON object with rank, alpha and targets.")]
    public LoraRecipe? Lora { get; init; }

    /// <summary>Share of values that dropout takes.</summary>
    [Description("Dropout, 0 to below 1.")]
    public double Dropout { get; init; }

    /// <summary>Decides every random choice.</summary>
    [Description("Decides every random choice.")]
    public long Seed { get; init; } = 42;

    /// <summary>What passes compute in.</summary>
    [Description("What passes compute in: f32, bf16 (with f32 parameters), or auto, which times both.")]
    public PrecisionChoice Precision { get; init; } = PrecisionChoice.Auto;

    /// <summary>Where passes run.</summary>
    [Description("auto, cpu or cuda.")]
    public string Device { get; init; } = "auto";

    /// <summary>Processor threads; null: all.</summary>
    [Description("Processor threads; all without it.")]
    public int? Threads { get; init; }

    /// <summary>Tokens of one pass.</summary>
    [Description("Tokens, padding included, that go through the model at once.")]
    public int ChunkTokens { get; init; } = 2048;

    /// <summary>Megabytes that a batch's graphs may take before passes are computed twice.</summary>
    [Description("Megabytes that a batch's passes may keep; a larger batch is computed twice in small parts (GradCache), with the same gradients.")]
    public int MemoryMegabytes { get; init; } = 6144;

    /// <summary>Whether layers are computed again in backward passes.</summary>
    [Description("Compute each layer again in the backward pass: less memory, a third more time.")]
    public bool GradientCheckpointing { get; init; }

    /// <summary>Steps between two logged ones.</summary>
    [Description("Steps between two lines of metrics.jsonl.")]
    public int LogEvery { get; init; } = 10;

    /// <summary>Steps between two checkpoints.</summary>
    [Description("Steps between two checkpoints.")]
    public int CheckpointEvery { get; init; } = 100;

    /// <summary>The data on which the best checkpoint is chosen.</summary>
    [Description("Development data, a BEIR folder or judged list, on which the best checkpoint is chosen; or a JSON object with path, split, queries.")]
    public DevelopmentRecipe? Development { get; init; }

    /// <summary>Steps between two looks at the development data; null: those between two checkpoints.</summary>
    [Description("Steps between two looks at the development data.")]
    public int? EvaluateEvery { get; init; }

    /// <summary>Looks without a new best after which the run stops early; null: it does not.</summary>
    [Description("Stop after this many looks at the development data without a new best.")]
    public int? Patience { get; init; }

    /// <summary>Teachers whose scores are distilled over whole batches.</summary>
    [Description("Teachers for batch_kl and teacher_ratio: model folders or bm25; or JSON objects with model, weight, query_prompt and max_length.")]
    public IReadOnlyList<TeacherRecipe> Teachers { get; init; } = [];

    /// <summary>The model that GIST is guided by.</summary>
    [Description("Guide model for the loss gist.")]
    public string? Guide { get; init; }

    /// <summary>Folder of benchmarks that training texts are compared with.</summary>
    [Description("Folder of benchmarks that every training text is compared with before the first step.")]
    public string? Benchmarks { get; init; }

    /// <summary>Whether texts that stand in a benchmark are left out.</summary>
    [Description("Leave out triplets whose query or positive stands in a benchmark, and such negatives.")]
    public bool DropContaminated { get; init; }

    /// <summary>Number format of the weights written.</summary>
    [Description("Number format of the weights written: f32, f16 or bf16.")]
    public TensorType Weights { get; init; } = TensorType.F32;

    /// <summary>Licence of the model written, for its card.</summary>
    [Description("Licence of the model written, for its card.")]
    public string? Licence { get; init; }
}
