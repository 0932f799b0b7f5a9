namespace MedEmbed.Cli.Pipelines;

/// <summary>What became of a chosen step.</summary>
/// <param name="Step">The step.</param>
/// <param name="Kept">Whether it was done already.</param>
/// <param name="Reason">Why it ran; empty where it was kept.</param>
/// <param name="Seconds">How long it took, now or when it ran.</param>
/// <param name="Summary">What its command told; null where it told nothing.</param>
internal sealed record StepOutcome(PipelineStep Step, bool Kept, string Reason, double Seconds, StepSummary? Summary);
