using MedEmbed.Models;
using Microsoft.Extensions.Logging;

namespace MedEmbed.Training.Runs;

/// <summary>What a run needs beside its recipe.</summary>
public sealed record TrainingRunOptions
{
    /// <summary>Finds the folder of a model that a recipe names.</summary>
    public required Func<string, CancellationToken, Task<ModelFolder>> FindModel { get; init; }

    /// <summary>Whether there must be a run to continue; without it one is continued where it is there.</summary>
    public bool Resume { get; init; }

    /// <summary>Whether a finished model folder, or an unfinished run of another recipe, is replaced.</summary>
    public bool Overwrite { get; init; }

    /// <summary>Told after every step.</summary>
    public IProgress<TrainingProgress>? Progress { get; init; }

    /// <summary>Told what is done beside steps, a sentence at a time.</summary>
    public IProgress<string>? Notes { get; init; }

    /// <summary>For logs; never gets a text of the training data.</summary>
    public ILogger? Logger { get; init; }
}
