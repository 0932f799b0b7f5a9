namespace MedEmbed.Synthesis.Completions;

/// <summary>A message of a request.</summary>
/// <param name="Role"><c>system</c>, <c>user</c> or <c>assistant</c>.</param>
/// <param name="Text">What it says.</param>
internal sealed record CompletionMessage(string Role, string Text);
