namespace MedEmbed.Training.Optimization;

/// <summary>The learning rate of every step: a linear warm-up from 0, then one of three shapes; equal to transformers' schedules. Immutable.</summary>
/// <remarks>With w warm-up steps of T: step k below w has k / w of the peak; later ones, with x = (k − w) / (T − w), have 1 − x (linear), (1 + cos πx) / 2 (cosine) or 1 (constant).</remarks>
public sealed record LearningRateSchedule
{
    /// <param name="shape">How the rate goes on after the warm-up.</param>
    /// <param name="peak">The highest rate, above 0.</param>
    /// <param name="warmupSteps">Steps of warm-up, 0 to <paramref name="totalSteps"/>; with at least 1, the first step has rate 0.</param>
    /// <param name="totalSteps">Optimiser steps of the whole run, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside its range.</exception>
    public LearningRateSchedule(ScheduleShape shape, double peak, int warmupSteps, int totalSteps)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(totalSteps, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(warmupSteps);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(warmupSteps, totalSteps);
        Shape = OptionRange.Defined(shape, nameof(shape));
        Peak = OptionRange.Positive(peak, nameof(peak));
        WarmupSteps = warmupSteps;
        TotalSteps = totalSteps;
    }

    /// <summary>How the rate goes on after the warm-up.</summary>
    public ScheduleShape Shape { get; }

    /// <summary>The highest rate.</summary>
    public double Peak { get; }

    /// <summary>Steps of warm-up.</summary>
    public int WarmupSteps { get; }

    /// <summary>Optimiser steps of the whole run.</summary>
    public int TotalSteps { get; }

    /// <summary>The learning rate of optimiser step <paramref name="step"/>, counted from 0; past the last step a falling schedule stays at 0.</summary>
    public double At(int step)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(step);
        return Peak * (step < WarmupSteps ? (double)step / WarmupSteps : AfterWarmup(step));
    }

    private double AfterWarmup(int step)
    {
        double span = Math.Max(1, TotalSteps - WarmupSteps);
        return Shape switch
        {
            ScheduleShape.Linear => Math.Max(0, (TotalSteps - step) / span),
            ScheduleShape.Cosine => (1 + Math.Cos(Math.PI * Math.Min(1, (step - WarmupSteps) / span))) / 2,
            _ => 1,
        };
    }
}
