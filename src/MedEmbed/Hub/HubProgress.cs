namespace MedEmbed.Hub;

/// <summary>How far the download of one file is.</summary>
/// <param name="File">The file's path in the repository.</param>
/// <param name="Bytes">Bytes on disk, those of earlier attempts included; falls back to 0 where a file starts anew.</param>
/// <param name="Total">The file's length in bytes.</param>
public readonly record struct HubProgress(string File, long Bytes, long Total);
