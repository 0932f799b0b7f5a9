namespace MedEmbed.Cli.Pipelines;

/// <summary>Whether a step must run, and why.</summary>
/// <param name="Status">How it stands.</param>
/// <param name="Reason">Why it must run; empty where it is done.</param>
/// <param name="Inputs">Hashes of what it reads, by label; without what is not there yet.</param>
internal sealed record StepAssessment(StepStatus Status, string Reason, IReadOnlyDictionary<string, string> Inputs);
