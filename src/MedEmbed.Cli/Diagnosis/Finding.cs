namespace MedEmbed.Cli.Diagnosis;

/// <summary>One thing looked at.</summary>
/// <param name="Name">What.</param>
/// <param name="Status">How it stands.</param>
/// <param name="Text">What was found, and the remedy where something is wrong.</param>
internal sealed record Finding(string Name, FindingStatus Status, string Text);
