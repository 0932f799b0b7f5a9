using MedEmbed.Training.Encoders;

namespace MedEmbed.Training.Checkpoints;

/// <summary>Where a run stands, beside its tensors.</summary>
public sealed record RunState
{
    /// <summary>Optimiser steps taken.</summary>
    public required int Step { get; init; }

    /// <summary>Batches drawn from the sampler, which with the seed says what comes next.</summary>
    public required long Batches { get; init; }

    /// <summary>Hash over recipe, base model and data: another of these is another run.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>What the run computes in, where <c>auto</c> has chosen.</summary>
    public required ComputePrecision Precision { get; init; }

    /// <summary>Threads the run computes with: sums are made in another order with another number.</summary>
    public required int Threads { get; init; }

    /// <summary>Best score on the development data so far; null where there is none.</summary>
    public double? BestScore { get; init; }

    /// <summary>The base model's score on it.</summary>
    public double? BaseScore { get; init; }

    /// <summary>The step of the last look at the development data; null before the first.</summary>
    public int? LookedAt { get; init; }

    /// <summary>The score at the last look.</summary>
    public double? LastScore { get; init; }

    /// <summary>The step of <see cref="BestScore"/>.</summary>
    public int? BestStep { get; init; }

    /// <summary>Looks at the development data since the best.</summary>
    public int LooksSinceBest { get; init; }

    /// <summary>Sum of the losses since the last log line.</summary>
    public double LossSum { get; init; }

    /// <summary>Steps since the last log line.</summary>
    public int LossCount { get; init; }

    /// <summary>Tokens trained on.</summary>
    public long Tokens { get; init; }

    /// <summary>Seconds of training in all parts of the run.</summary>
    public double Seconds { get; init; }

    /// <summary>Whether the run has ended early, for want of a new best.</summary>
    public bool Stopped { get; init; }
}
