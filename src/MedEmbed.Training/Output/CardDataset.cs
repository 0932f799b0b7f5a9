namespace MedEmbed.Training.Output;

/// <summary>A data set that a model was trained on.</summary>
/// <param name="Name">Hub id, or the file's or folder's name.</param>
/// <param name="Hash">SHA-256, in hex, over its content.</param>
/// <param name="Examples">Examples used.</param>
/// <param name="Licence">Its licence; null where nobody has said.</param>
/// <param name="Note">What else must be said, such as what was left out; null for nothing.</param>
public sealed record CardDataset(string Name, string Hash, long Examples, string? Licence = null, string? Note = null);
