namespace MedEmbed.Hub;

/// <summary>What a hub lists for a model at one commit.</summary>
/// <param name="Id">The model, at the revision that was asked for.</param>
/// <param name="Commit">The commit the revision stood at, 40 hexadecimal digits.</param>
/// <param name="Files">Its files, in the hub's order.</param>
public sealed record HubRepository(HubModelId Id, string Commit, IReadOnlyList<HubFile> Files);
