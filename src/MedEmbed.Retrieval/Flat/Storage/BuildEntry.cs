namespace MedEmbed.Retrieval.Flat.Storage;

/// <summary>The build that made the index.</summary>
/// <param name="Fingerprint">What the caller says identifies its inputs and settings.</param>
/// <param name="Complete">Whether all documents are in.</param>
internal sealed record BuildEntry(string Fingerprint, bool Complete);
