namespace MedEmbed.Hub;

/// <summary>One file of a repository at one commit.</summary>
/// <param name="Path">Relative path with '/' between folders; checked to stay within its folder.</param>
/// <param name="Size">Length in bytes.</param>
/// <param name="Checksum">What its content hashes to.</param>
public sealed record HubFile(string Path, long Size, HubChecksum Checksum);
